import { createHash } from 'node:crypto';
import type { ProposalRecord } from '../../ports/standing.ts';
import { conflict } from '../desk/refused.ts';
import { refuse } from './answering.ts';

type Proposed = Pick<ProposalRecord, 'type' | 'obligations' | 'surfaces' | 'rules' | 'evidence'>;

/**
 * What somebody who answers a proposal had before their eyes, as a short text that differs when the effect, the rules or the
 * evidence do. Not the end: it counts from the moment of each assessment, and moves though nothing changed.
 */
export function seenOf({ type, obligations, surfaces, rules, evidence }: Proposed): string {
  const parts = [[type], obligations, surfaces, rules, evidence].map((part) => [...part].sort());
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

/** The refusal for an answer to something other than what is proposed now: it was assessed again after it was shown. */
export const notWhatWasSeen = () =>
  refuse(
    'changed-meanwhile',
    conflict('What is proposed, or what it rests on, has changed since you opened it. Look at it again, then answer.'),
  );
