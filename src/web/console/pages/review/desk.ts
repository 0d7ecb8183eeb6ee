/**
 * The review desk: which case lies open, what is being asked about it, and what a key does. Pure, so that the keyboard
 * can be read in one table and tested without a browser.
 */
export type Asking = 'block' | 'soften' | 'decline' | 'ask';

export interface Desk {
  /** The cases in the order of the list. */
  readonly ids: readonly string[];
  readonly current: string | null;
  /** On a phone only one of the two is on screen. */
  readonly pane: 'list' | 'case';
  readonly asking: Asking | null;
}

/** What the open case allows the person at the desk. */
export interface Allowed {
  readonly approve: boolean;
  readonly soften: boolean;
  readonly decline: boolean;
  readonly ask: boolean;
  /** A block is taken only after its summary has been confirmed. */
  readonly isBlock: boolean;
}

export type Press = 'next' | 'previous' | 'open' | 'back' | 'approve' | 'soften' | 'decline' | 'ask';

/** Which key means what; the pages' hints and tooltips are made from the same table. */
export const KEYS = {
  next: 'j',
  previous: 'k',
  open: 'enter',
  back: 'esc',
  approve: 'a',
  soften: 's',
  decline: 'd',
  ask: 'c',
} as const satisfies Record<Press, string>;

export interface Step {
  readonly desk: Desk;
  /** What must now be sent; null: nothing. */
  readonly send: 'approve' | null;
}

const stay = (desk: Desk): Step => ({ desk, send: null });

/** What a press does. Anything the case does not allow does nothing. */
export function press(desk: Desk, key: Press, allowed: Allowed | null): Step {
  switch (key) {
    case 'next':
      return stay(move(desk, 1));
    case 'previous':
      return stay(move(desk, -1));
    case 'open':
      return stay(desk.current === null || desk.asking !== null ? desk : { ...desk, pane: 'case' });
    case 'back':
      return stay(desk.asking !== null ? { ...desk, asking: null } : { ...desk, pane: 'list' });
    case 'approve':
      if (desk.current === null || !allowed?.approve) return stay(desk);
      if (desk.asking === 'block') return { desk, send: 'approve' };
      if (desk.asking !== null) return stay(desk);
      return allowed.isBlock ? stay({ ...desk, asking: 'block', pane: 'case' }) : { desk, send: 'approve' };
    case 'soften':
    case 'decline':
    case 'ask':
      if (desk.current === null || desk.asking !== null || !allowed?.[key]) return stay(desk);
      return stay({ ...desk, asking: key, pane: 'case' });
  }
}

function move(desk: Desk, by: 1 | -1): Desk {
  if (desk.asking !== null || desk.ids.length === 0) return desk;
  const at = desk.current === null ? -1 : desk.ids.indexOf(desk.current);
  const to = at === -1 ? 0 : Math.min(desk.ids.length - 1, Math.max(0, at + by));
  return { ...desk, current: desk.ids[to] ?? null };
}

/** A case has been answered (here or by a colleague): it leaves the list and the next one opens, or the one before it. */
export function leave(desk: Desk, id: string): Desk {
  const at = desk.ids.indexOf(id);
  const ids = desk.ids.filter((each) => each !== id);
  if (desk.current !== id) return { ...desk, ids };
  const current = at === -1 ? (ids[0] ?? null) : (ids[at] ?? ids[at - 1] ?? null);
  return { ids, current, asking: null, pane: current === null ? 'list' : desk.pane };
}
