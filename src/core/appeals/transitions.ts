import type { EventOf } from '../events/event.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { type AppealState, appealStates } from './types.ts';

/** What an appeal can be. `none`: it has not been filed. */
export type State = AppealState | 'none';

export const appealEventKinds = [
  'appeal.filed',
  'appeal.taken',
  'appeal.information_asked',
  'appeal.information_given',
  'appeal.decided',
  'appeal.withdrawn',
] as const;
export type AppealEventKind = (typeof appealEventKinds)[number];
export type AppealEvent = EventOf<AppealEventKind>;

/** What happens to an appeal; a decision is three moves, one for each outcome. */
export const appealMoves = [
  'filed',
  'taken',
  'information_asked',
  'information_given',
  'upheld',
  'partly_upheld',
  'rejected',
  'withdrawn',
] as const;
export type AppealMove = (typeof appealMoves)[number];

/** Who may cause a move. `clock`: the passing of time, which ends the wait for an answer and nothing else. */
export type AppealActor = 'customer' | 'staff' | 'clock';

interface Transition {
  readonly from: State;
  readonly on: AppealMove | 'answer_overdue';
  readonly to: AppealState;
  readonly by: AppealActor;
}

/**
 * The life of an appeal, whole. Only its customer files, answers and withdraws, only staff take, ask and decide, and what has been
 * decided or withdrawn is final: a customer who has something new files again.
 */
export const appealTransitions: readonly Transition[] = [
  { from: 'none', on: 'filed', to: 'filed', by: 'customer' },
  { from: 'filed', on: 'taken', to: 'under_review', by: 'staff' },
  { from: 'filed', on: 'withdrawn', to: 'withdrawn', by: 'customer' },
  { from: 'under_review', on: 'information_asked', to: 'information_asked', by: 'staff' },
  { from: 'under_review', on: 'upheld', to: 'upheld', by: 'staff' },
  { from: 'under_review', on: 'partly_upheld', to: 'partly_upheld', by: 'staff' },
  { from: 'under_review', on: 'rejected', to: 'rejected', by: 'staff' },
  { from: 'under_review', on: 'withdrawn', to: 'withdrawn', by: 'customer' },
  // An answer that comes late is still an answer: it is taken in for as long as nobody has decided.
  { from: 'under_review', on: 'information_given', to: 'under_review', by: 'customer' },
  { from: 'information_asked', on: 'information_given', to: 'under_review', by: 'customer' },
  { from: 'information_asked', on: 'answer_overdue', to: 'under_review', by: 'clock' },
  { from: 'information_asked', on: 'upheld', to: 'upheld', by: 'staff' },
  { from: 'information_asked', on: 'withdrawn', to: 'withdrawn', by: 'customer' },
];

export interface AppealRefusal {
  readonly from: State;
  readonly on: AppealMove;
  readonly message: string;
}

const states: Readonly<Record<State, string>> = {
  none: 'has not been filed',
  filed: 'waits for somebody to review it',
  under_review: 'is under review',
  information_asked: 'waits for the customer’s answer',
  upheld: 'has been upheld',
  partly_upheld: 'has been upheld in part',
  rejected: 'has been rejected',
  withdrawn: 'has been withdrawn',
};
const wishes: Readonly<Record<AppealMove, string>> = {
  filed: 'be filed again',
  taken: 'be taken',
  information_asked: 'have the customer asked',
  information_given: 'be added to',
  upheld: 'be upheld',
  partly_upheld: 'be upheld in part',
  rejected: 'be rejected',
  withdrawn: 'be withdrawn',
};

/** The state after a move, or why it cannot be made, in a sentence for the person who tried. */
export function appealTransition(from: State, on: AppealMove): Result<AppealState, AppealRefusal> {
  const found = appealTransitions.find((row) => row.from === from && row.on === on);
  return found === undefined
    ? err({ from, on, message: `The appeal ${states[from]}, so it cannot ${wishes[on]}.` })
    : ok(found.to);
}

/** Which move an event is. */
export function moveOf(event: AppealEvent): AppealMove {
  switch (event.kind) {
    case 'appeal.filed':
      return 'filed';
    case 'appeal.taken':
      return 'taken';
    case 'appeal.information_asked':
      return 'information_asked';
    case 'appeal.information_given':
      return 'information_given';
    case 'appeal.decided':
      return event.body.outcome;
    case 'appeal.withdrawn':
      return 'withdrawn';
  }
}

const FINAL: readonly State[] = ['upheld', 'partly_upheld', 'rejected', 'withdrawn'];

/**
 * Checks the table and throws what is wrong with it; called at every start. No two rows for the same case, every state within
 * reach, nothing that leaves an end, staff never speak for the customer, and a customer can withdraw whatever is open.
 */
export function checkAppealTransitions(table: readonly Transition[] = appealTransitions): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  const whose: Readonly<Record<Transition['on'], AppealActor>> = {
    filed: 'customer',
    taken: 'staff',
    information_asked: 'staff',
    information_given: 'customer',
    answer_overdue: 'clock',
    upheld: 'staff',
    partly_upheld: 'staff',
    rejected: 'staff',
    withdrawn: 'customer',
  };
  for (const row of table) {
    const name = `${row.from} + ${row.on}`;
    if (seen.has(name)) faults.push(`${name} stands in the table twice`);
    seen.add(name);
    if (FINAL.includes(row.from)) faults.push(`${name} leaves an end`);
    if (row.by !== whose[row.on]) faults.push(`${name} is for the ${whose[row.on]} to do`);
    if (row.on === 'filed' && row.from !== 'none') faults.push(`${name}: an appeal is filed once`);
  }
  const within = reachable(table);
  for (const state of appealStates) {
    if (!within.has(state)) faults.push(`${state} cannot be reached`);
    if (!FINAL.includes(state) && !table.some((row) => row.from === state && row.on === 'withdrawn'))
      faults.push(`${state} cannot be withdrawn from`);
  }
  if (faults.length > 0) throw new Error(`The transitions of appeals are wrong: ${faults.join('; ')}`);
}

function reachable(table: readonly Transition[]): Set<State> {
  const found = new Set<State>(['none']);
  for (let grown = true; grown; ) {
    grown = false;
    for (const row of table)
      if (found.has(row.from) && !found.has(row.to)) {
        found.add(row.to);
        grown = true;
      }
  }
  return found;
}
