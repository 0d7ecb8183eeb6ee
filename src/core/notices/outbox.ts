/** Where a message is on its way. What each means stands beside the table that keeps them. */
export const outboxStates = ['due', 'waiting', 'sent', 'failed', 'bounced', 'printed', 'cancelled'] as const;
export type OutboxState = (typeof outboxStates)[number];

/**
 * Why a message is not there, as people are told in their language.
 * no_address: nobody to write to · unreachable: the server does not answer · insecure: it offers no encryption that can be trusted ·
 * sign_in: it refuses user or password · busy: it asks to try later · refused: it will not take the message ·
 * unknown_address: it does not know the address · returned: it came back later · no_answer: nobody knows what became of the last try ·
 * fault: our own.
 */
export const mailTroubles = [
  'no_address',
  'unreachable',
  'insecure',
  'sign_in',
  'busy',
  'refused',
  'unknown_address',
  'returned',
  'no_answer',
  'fault',
] as const;
export type MailTrouble = (typeof mailTroubles)[number];

/** Troubles that have to do with the mail server or how it is set, and not with one message. */
export const serverTroubles: readonly MailTrouble[] = ['unreachable', 'insecure', 'sign_in', 'no_answer'];

/**
 * From where a message can come to each state. What a server said it took counts as sent, whatever people did meanwhile;
 * only what came back outlives that.
 */
const comesFrom: Readonly<Record<OutboxState, readonly OutboxState[]>> = {
  due: ['due', 'failed'],
  waiting: ['due', 'waiting', 'failed', 'bounced'],
  sent: ['waiting', 'failed', 'printed', 'cancelled'],
  failed: ['due', 'waiting'],
  bounced: ['waiting', 'sent', 'failed', 'printed'],
  printed: ['waiting', 'failed', 'bounced'],
  cancelled: ['due', 'waiting', 'failed', 'bounced'],
};

/** The states a message can be in for it to move to another. */
export const statesBefore = (to: OutboxState): readonly OutboxState[] => comesFrom[to];

export const canMove = (from: OutboxState, to: OutboxState): boolean => comesFrom[to].includes(from);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BACK_OFF_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS] as const;

/** How often a message is tried before it is given up. */
export const MOST_TRIES = BACK_OFF_MS.length + 1;

/**
 * How long to wait after a try that did not succeed, in milliseconds: 1, 5 and 30 minutes, 2, 8 and 24 hours. Null after the
 * last one. `tries` counts those made, the first included.
 */
export function backOff(tries: number): number | null {
  return BACK_OFF_MS[tries - 1] ?? null;
}
