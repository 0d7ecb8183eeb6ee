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

/**
 * Filters, sorting and tabs, kept in the address so that a view can be sent to a colleague. What equals its default is left out.
 * `const [view, setView] = useView({ q: '', standing: [] as string[], sort: 'recent' })`. Keep `defaults` outside the component.
 */
export function useView<V extends View>(defaults: V): readonly [V, (change: Partial<V>) => void] {
  const search = useLocation({ select: (location) => location.search as Record<string, unknown> });
  const navigate = useNavigate();
  const view = useMemo(() => read(defaults, search), [defaults, search]);
  const setView = useCallback(
    (change: Partial<V>) => {
      navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: (before: Record<string, unknown>) => {
          const next: Record<string, unknown> = { ...before, ...change };
          for (const [name, standard] of Object.entries(defaults)) {
            if (next[name] === '' || JSON.stringify(next[name]) === JSON.stringify(standard)) delete next[name];
          }
          return next;
        },
      });
    },
    [defaults, navigate],
  );
  return [view, setView];
}
