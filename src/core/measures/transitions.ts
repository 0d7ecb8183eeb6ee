import type { EventOf } from '../events/event.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { MeasureState } from './types.ts';

/** What a measure can be. `none`: it has not begun. */
export type State = MeasureState | 'none';
export const measureStates = [
  'none',
  'active',
  'suspended',
  'expired',
  'lifted',
  'voided',
] as const satisfies readonly State[];

export const measureEventKinds = [
  'measure.started',
  'measure.changed',
  'measure.lifted',
  'measure.expired',
  'measure.voided',
  'measure.suspended',
  'measure.resumed',
] as const;
export type MeasureEventKind = (typeof measureEventKinds)[number];
export type MeasureEvent = EventOf<MeasureEventKind>;

/** Who may cause a transition. `clock`: the passing of time, recorded by the service itself. `appeal`: its decision, or its withdrawal. */
export type Actor = 'staff' | 'clock' | 'customer_by_merit' | 'appeal';

interface Transition {
  readonly from: State;
  readonly on: MeasureEventKind;
  readonly to: MeasureState;
  readonly by: readonly Actor[];
}

/**
 * The life of a measure, whole. A measure begins by a person's decision and ends once; what has ended can still be
 * voided, because an appeal may be upheld after the end and the past must then be put right too.
 */
export const transitions: readonly Transition[] = [
  { from: 'none', on: 'measure.started', to: 'active', by: ['staff'] },
  { from: 'active', on: 'measure.changed', to: 'active', by: ['staff', 'appeal'] },
  { from: 'active', on: 'measure.lifted', to: 'lifted', by: ['staff', 'customer_by_merit', 'appeal'] },
  { from: 'active', on: 'measure.expired', to: 'expired', by: ['clock'] },
  { from: 'active', on: 'measure.voided', to: 'voided', by: ['appeal'] },
  { from: 'active', on: 'measure.suspended', to: 'suspended', by: ['clock'] },
  { from: 'suspended', on: 'measure.resumed', to: 'active', by: ['appeal'] },
  { from: 'suspended', on: 'measure.changed', to: 'active', by: ['appeal'] },
  { from: 'suspended', on: 'measure.lifted', to: 'lifted', by: ['staff', 'appeal'] },
  { from: 'suspended', on: 'measure.voided', to: 'voided', by: ['appeal'] },
  { from: 'expired', on: 'measure.voided', to: 'voided', by: ['appeal'] },
  { from: 'lifted', on: 'measure.voided', to: 'voided', by: ['appeal'] },
  // What would have been milder is so in the record, and counts as that step from then on.
  { from: 'expired', on: 'measure.changed', to: 'expired', by: ['appeal'] },
  { from: 'lifted', on: 'measure.changed', to: 'lifted', by: ['appeal'] },
];

export interface TransitionRefusal {
  readonly from: State;
  readonly on: MeasureEventKind;
  readonly message: string;
}

const states: Readonly<Record<State, string>> = {
  none: 'has not begun',
  active: 'is in force',
  suspended: 'is suspended until an appeal is answered',
  expired: 'has run out',
  lifted: 'has been lifted',
  voided: 'has been voided',
};
const wishes: Readonly<Record<MeasureEventKind, string>> = {
  'measure.started': 'begin',
  'measure.changed': 'be changed',
  'measure.lifted': 'be lifted',
  'measure.expired': 'run out',
  'measure.voided': 'be voided',
  'measure.suspended': 'be suspended',
  'measure.resumed': 'be resumed',
};

/** The state after an event, or why it cannot happen, in a sentence for the person who tried. */
export function transition(from: State, on: MeasureEventKind): Result<MeasureState, TransitionRefusal> {
  const found = transitions.find((row) => row.from === from && row.on === on);
  return found === undefined
    ? err({ from, on, message: `The measure ${states[from]}, so it cannot ${wishes[on]}.` })
    : ok(found.to);
}

/** Who may do it; nobody where the table has no such row. */
export function whoMay(from: State, on: MeasureEventKind): readonly Actor[] {
  return transitions.find((row) => row.from === from && row.on === on)?.by ?? [];
}

/**
 * Checks a transition table and throws what is wrong with it; called at every start, so a slip in the table stops the
 * program before it stops a customer. No two rows for the same case, every state within reach, an end for all that
 * begins, nothing that leaves `voided`, nobody but time expires or suspends a measure and time does nothing else.
 */
export function checkTransitions(table: readonly Transition[] = transitions): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const row of table) {
    const name = `${row.from} + ${row.on}`;
    if (seen.has(name)) faults.push(`${name} stands in the table twice`);
    seen.add(name);
    if (row.by.length === 0) faults.push(`nobody may do ${name}`);
    if (row.from === 'voided') faults.push(`${name} leaves voided, which is final`);
    if (byTime.has(row.on) !== row.by.includes('clock'))
      faults.push(`${name} mistakes what time does: it expires and suspends measures, and nothing else`);
    if (row.on === 'measure.started' && (row.from !== 'none' || row.by.some((actor) => actor !== 'staff')))
      faults.push(`${name}: a measure begins once, by a person's decision`);
  }
  for (const state of measureStates)
    if (state !== 'none' && !reachable('none', table).has(state)) faults.push(`${state} cannot be reached`);
  for (const kind of measureEventKinds) if (!table.some((row) => row.on === kind)) faults.push(`${kind} never happens`);
  if (!table.some((row) => row.from === 'active' && row.on === 'measure.expired'))
    faults.push('an active measure would never end');
  if (faults.length > 0) throw new Error(`The transitions of measures are wrong: ${faults.join('; ')}`);
}

const byTime: ReadonlySet<MeasureEventKind> = new Set<MeasureEventKind>(['measure.expired', 'measure.suspended']);

function reachable(from: State, table: readonly Transition[]): Set<State> {
  const found = new Set<State>([from]);
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
