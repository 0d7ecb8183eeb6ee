import { assertNever } from '../shared/assert-never.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { type ShopAct, type ShopActKind, type ShopActState, shopActKinds, shopActStates } from './types.ts';

/**
 * done: the platform did it · later: it could not just now · given_up: it will not, or was asked often enough · cannot: it has no means, or
 * the thing is gone · retry and cancel: by a person, or because what it rested on is no more.
 */
export const actMoves = ['done', 'later', 'given_up', 'cannot', 'retry', 'cancel'] as const;
export type ActMove = (typeof actMoves)[number];

/** `platform`: what became of a try · `staff`: a person · `measure`: the measure it rested on has ended. */
export type ActActor = 'platform' | 'staff' | 'measure';

interface ActTransition {
  readonly from: ShopActState;
  readonly on: ActMove;
  readonly to: ShopActState;
  readonly by: readonly ActActor[];
}

/** The life of an act, whole. It begins waiting; what is done or impossible stays so, because the world has it. */
export const actTransitions: readonly ActTransition[] = [
  { from: 'waiting', on: 'done', to: 'done', by: ['platform'] },
  { from: 'waiting', on: 'later', to: 'waiting', by: ['platform'] },
  { from: 'waiting', on: 'given_up', to: 'failed', by: ['platform'] },
  { from: 'waiting', on: 'cannot', to: 'impossible', by: ['platform'] },
  { from: 'waiting', on: 'retry', to: 'waiting', by: ['staff'] },
  { from: 'waiting', on: 'cancel', to: 'cancelled', by: ['staff', 'measure'] },
  { from: 'failed', on: 'retry', to: 'waiting', by: ['staff'] },
  { from: 'failed', on: 'cancel', to: 'cancelled', by: ['staff', 'measure'] },
  // What was called off while it was being done is done all the same.
  { from: 'cancelled', on: 'done', to: 'done', by: ['platform'] },
];

const states: Readonly<Record<ShopActState, string>> = {
  waiting: 'is still to be done',
  done: 'is done already',
  failed: 'was given up',
  impossible: 'cannot be done by the shop system',
  cancelled: 'was called off',
};
const wishes: Readonly<Record<ActMove, string>> = {
  done: 'be done',
  later: 'wait',
  given_up: 'be given up',
  cannot: 'be found impossible',
  retry: 'be tried again',
  cancel: 'be called off',
};

/** The state after a move, or why it cannot be, in a sentence for the person who tried. */
export function moveAct(from: ShopActState, on: ActMove): Result<ShopActState, string> {
  const found = actTransitions.find((row) => row.from === from && row.on === on);
  if (found !== undefined) return ok(found.to);
  return err(
    from === 'cancelled' && on === 'cancel'
      ? 'This was called off already.'
      : `This ${states[from]}, so it cannot ${wishes[on]}.`,
  );
}

/** The states from which a move leads on. */
export const statesBefore = (on: ActMove): readonly ShopActState[] =>
  actTransitions.filter((row) => row.on === on).map(({ from }) => from);

/** Where a move leads from any state it leads from at all. Throws for a move that leads to more than one, which the check forbids. */
export function stateAfter(on: ActMove): ShopActState {
  const found = actTransitions.find((row) => row.on === on);
  if (found === undefined) throw new Error(`No act can ${wishes[on]}`);
  return found.to;
}

/** Checks the table and throws what is wrong with it; called at every start. */
export function checkActTransitions(table: readonly ActTransition[] = actTransitions): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const row of table) {
    const name = `${row.from} + ${row.on}`;
    if (seen.has(name)) faults.push(`${name} stands in the table twice`);
    seen.add(name);
    if (row.by.length === 0) faults.push(`nobody may do ${name}`);
    if (row.from === 'done' || row.from === 'impossible') faults.push(`${name} leaves ${row.from}, which is final`);
    if ((row.on === 'retry') !== (row.by.includes('staff') && row.to === 'waiting'))
      faults.push(`${name}: only a person has an act tried again, and nothing else of theirs makes it wait`);
    if (row.to === 'done' && !row.by.includes('platform'))
      faults.push(`${name}: only the platform says that something is done`);
  }
  for (const on of actMoves) {
    const ends = new Set(table.filter((row) => row.on === on).map(({ to }) => to));
    if (ends.size !== 1) faults.push(`${on} leads to ${ends.size === 0 ? 'nothing' : 'more than one state'}`);
  }
  for (const state of shopActStates)
    if (state !== 'waiting' && !table.some(({ to }) => to === state)) faults.push(`${state} cannot be reached`);
  if (!table.some((row) => row.from === 'waiting' && row.to === 'cancelled'))
    faults.push('what waits could not be called off');
  for (const kind of shopActKinds)
    if (undoes(kind) !== null && undoes(undoes(kind) as ShopActKind) !== kind)
      faults.push(`what undoes ${kind} is not undone by it`);
  if (faults.length > 0) throw new Error(`The transitions of acts are wrong: ${faults.join('; ')}`);
}

/** What undoes an act once it is done; null: nothing in this world does. */
export function undoes(kind: ShopActKind): 'hold_order' | 'release_order' | null {
  switch (kind) {
    case 'hold_order':
      return 'release_order';
    case 'release_order':
      return 'hold_order';
    case 'cancel_order':
    case 'assess_order':
    case 'approve_return':
    case 'decline_return':
    case 'give_store_credit':
    case 'give_gift_card':
    case 'give_discount':
      return null;
    default:
      return assertNever(kind);
  }
}

/** What an act is about: the platform's reference of an order or a return. Null: nothing but its customer. */
export function aboutOf(act: ShopAct): string | null {
  if ('order' in act) return act.order;
  return 'return' in act ? act.return : null;
}
