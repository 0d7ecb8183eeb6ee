import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** "mod+k", "a", or one key after another: "g h". */
  readonly keys: string;
  /** What it does, as the shortcut sheet shows it; already translated. */
  readonly label: string;
  /** Under which heading. */
  readonly group: string;
  readonly run: () => void;
}

let active: readonly (readonly Shortcut[])[] = [];
const listeners = new Set<() => void>();
let users = 0;
let before = '';
let forget: ReturnType<typeof setTimeout> | undefined;

function publish(next: typeof active): void {
  active = next;
  for (const listener of listeners) listener();
}

/** Where letters are typed. A radio button or a checkbox has the focus after a press, and takes none. */
const TYPED = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]';

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TYPED) !== null;
}

/** What takes the keyboard for itself while it is open. A toast has the role of a dialog too, but asks nothing. */
const ASKING = '[role="dialog"]:not([data-toast]), [role="alertdialog"]:not([data-toast]), [role="menu"]';

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const mod = event.ctrlKey || event.metaKey;
  if (!mod && typing(event.target)) return;
  if (!mod && document.querySelector(ASKING)) return;
  const key =
    event.key.length === 1 ? event.key.toLowerCase() : event.key === 'Escape' ? 'esc' : event.key.toLowerCase();
  const pressed = mod ? `mod+${key}` : key;
  const all = active.flat().reverse();
  const found = all.find((each) => each.keys === `${before} ${pressed}`) ?? all.find((each) => each.keys === pressed);
  clearTimeout(forget);
  before = mod || found ? '' : key;
  forget = setTimeout(() => {
    before = '';
  }, 1_000);
  if (!found) return;
  event.preventDefault();
  found.run();
}

/**
 * These work while the component is on screen; the one that came on screen last wins, also when another changes its own later.
 * `beneath` lets all others win: for what works everywhere. They do not work while typing or in a dialog (except with Ctrl/⌘).
 */
export function useShortcuts(shortcuts: readonly Shortcut[], { beneath = false } = {}): void {
  const place = useRef<readonly Shortcut[] | null>(null);
  useEffect(() => {
    const before = place.current;
    place.current = shortcuts;
    const known = before !== null && active.includes(before);
    if (known) publish(active.map((each) => (each === before ? shortcuts : each)));
    else publish(beneath ? [shortcuts, ...active] : [...active, shortcuts]);
  }, [shortcuts, beneath]);
  useEffect(() => {
    if (users === 0) document.addEventListener('keydown', onKeyDown);
    users += 1;
    return () => {
      users -= 1;
      publish(active.filter((each) => each !== place.current));
      place.current = null;
      if (users === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** Everything that works now, for the sheet behind `?`. */
export function useActiveShortcuts(): readonly Shortcut[] {
  const groups = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => active,
  );
  return groups.flat();
}
