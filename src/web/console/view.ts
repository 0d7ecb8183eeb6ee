import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

type ViewValue = string | readonly string[] | undefined;
type View = { readonly [name: string]: ViewValue };

/** What the address says, for the names in `defaults`; everything else is ignored. */
function read<V extends View>(defaults: V, search: Record<string, unknown>): V {
  const text = (value: unknown) => (value === undefined || value === null ? undefined : String(value));
  return Object.fromEntries(
    Object.entries(defaults).map(([name, standard]) => {
      const given = search[name];
      if (Array.isArray(standard)) return [name, given === undefined ? standard : [given].flat().map(String)];
      return [name, text(given) ?? standard];
    }),
  ) as V;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Parts of a view that no address may hold: see `useView`. */
    unsaid?: Readonly<Record<string, unknown>>;
  }
}

const NONE: readonly never[] = [];

/**
 * Filters, sorting and tabs, kept in the address so that a view can be sent to a colleague. What equals its default is left out.
 * What is named in `unsaid`, because it may be about a person, is kept in this tab's history instead: back and reload bring it
 * back, and no address, bookmark or log ever has it. Keep both arguments outside the component:
 * `const [view, setView] = useView({ q: '', standing: [] as string[], sort: 'recent' }, ['q'])`.
 */
export function useView<V extends View>(
  defaults: V,
  unsaid: readonly (keyof V & string)[] = NONE,
): readonly [V, (change: Partial<V>) => void] {
  const search = useLocation({ select: (location) => location.search as Record<string, unknown> });
  const kept = useLocation({ select: (location) => location.state.unsaid });
  const navigate = useNavigate();
  const view = useMemo(
    () => read(defaults, { ...only(search, (name) => !unsaid.includes(name)), ...kept }),
    [defaults, unsaid, search, kept],
  );
  const setView = useCallback(
    (change: Partial<V>) => {
      const differs = (name: string, value: unknown) =>
        !(name in defaults) || (value !== '' && JSON.stringify(value) !== JSON.stringify(defaults[name]));
      navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: (before: Record<string, unknown>) =>
          only({ ...before, ...change }, (name, value) => !unsaid.includes(name) && differs(name, value)),
        state: (before) => ({
          ...before,
          unsaid: only({ ...before.unsaid, ...change }, (name, value) => unsaid.includes(name) && differs(name, value)),
        }),
      });
    },
    [defaults, unsaid, navigate],
  );
  return [view, setView];
}

function only(
  values: Readonly<Record<string, unknown>>,
  keep: (name: string, value: unknown) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => keep(name, value)));
}
