import { z } from 'zod';
import { reportedEvents } from '../../../core/events/event.ts';
import { type IncomingEnvelope, incomingEnvelope } from '../../../core/events/incoming.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { parseInstant, whyNoInstant } from '../../../core/shared/time.ts';
import type { PlatformReading, PlatformRecord, ReadingContext, ReadingFault } from '../../../ports/platforms.ts';

/** The topic of every webhook: its body says the rest. */
export const EVENTS = 'events';

/** As POST /v1/events takes it. */
const body = z.looseObject({ events: z.array(z.unknown()).min(1).max(1_000) });

type Drift = Extract<ReadingFault, { kind: 'drift' }>;

/** Reads `{events: […]}`. One event that is wrong has the whole webhook refused, with the path: nothing of it is half told. */
export function read({ payload }: PlatformRecord, context: ReadingContext): Result<PlatformReading, ReadingFault> {
  const told = body.safeParse(payload);
  if (!told.success) return err(driftOf(told.error, []));
  const events: IncomingEnvelope[] = [];
  for (const [index, item] of told.data.events.entries()) {
    const event = readEvent(item, ['events', index]);
    if (!event.ok) return event;
    const { customer } = event.value;
    const externalId = customer.externalId === undefined ? undefined : context.customerNumber(customer.externalId);
    events.push({
      ...event.value,
      source: context.source,
      customer: externalId === undefined ? customer : { ...customer, externalId },
    });
  }
  return ok({ events, names: [], addresses: [], effects: [] });
}

function readEvent(item: unknown, path: readonly PropertyKey[]): Result<IncomingEnvelope, Drift> {
  const envelope = incomingEnvelope.safeParse(item);
  if (!envelope.success) return err(driftOf(envelope.error, path));
  const { kind, occurredAt } = envelope.data;
  if (parseInstant(occurredAt) === null)
    return err({ kind: 'drift', path: pathOf([...path, 'occurredAt']), message: whyNoInstant(occurredAt) });
  const said = reportedEvents[kind].safeParse(envelope.data.body);
  return said.success ? ok(envelope.data) : err(driftOf(said.error, [...path, 'body']));
}

function driftOf({ issues: [first] }: z.ZodError, path: readonly PropertyKey[]): Drift {
  const where = [...path, ...(first?.path ?? [])];
  return { kind: 'drift', path: pathOf(where), message: first?.message ?? 'is not as expected' };
}

const pathOf = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'body' : path.map(String).join('.'));
