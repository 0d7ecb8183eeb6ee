import type { TFunction } from 'i18next';
import type { EventBody, EventKind, Line } from '../../../../contracts/events.ts';
import type { Formats } from '../../../ui/format.ts';
import type { IconName } from '../../../ui/icon.tsx';
import { isolate } from '../../../ui/isolate.ts';
import type { Meaning } from '../../../ui/standing.tsx';

export interface Amount {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** How one event looks on the timeline: a title, an amount at the end, a line of details, and what opening it adds. */
export interface Presented {
  readonly icon: IconName;
  readonly meaning: Meaning;
  readonly title: string;
  readonly amount?: Amount | undefined;
  readonly details: readonly string[];
  readonly lines?: readonly Line[];
}

export interface Tools {
  readonly t: TFunction<'events'>;
  readonly formats: Formats;
}

export type Presenter<K extends EventKind> = (body: EventBody<K>, tools: Tools) => Presented;

/** An order number or another reference, kept in one piece in either direction. */
export const ref = (text: string): string => isolate(text);

/** The details that are there, in order. */
export const details = (...parts: (string | null | undefined | false)[]): string[] =>
  parts.filter((part): part is string => typeof part === 'string' && part !== '');
