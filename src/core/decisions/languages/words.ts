import type { Obligation } from '../../events/measures.ts';
import type { MessageKey } from '../types.ts';

/** All a decision says to a customer, in one language. `{until}` is a date; `{reasons}` and `{appeal}` are the policy's own words. */
export interface DecisionWords {
  /** For dates: a BCP 47 tag. */
  readonly locale: string;
  readonly messages: Readonly<Record<MessageKey, string>>;
  readonly obligations: Readonly<Record<Obligation, string>>;
  readonly phrases: {
    readonly reasons: string;
    readonly reasonsUnknown: string;
    readonly rights: string;
    readonly appeal: string;
  };
}
