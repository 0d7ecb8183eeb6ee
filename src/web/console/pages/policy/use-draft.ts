import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';

export type Kept =
  | { readonly state: 'idle' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  | { readonly state: 'failed'; readonly why: string };

const PAUSE = 1_500;

/** Keeps the draft with the service a moment after the last change. `active` is false while the text is that of the version in force. */
export function useDraft(shop: string, source: string, active: boolean): readonly [Kept, (kept: Kept) => void] {
  const [kept, setKept] = useState<Kept>({ state: 'idle' });
  const last = useRef(source);
  useEffect(() => {
    if (source === last.current) return;
    last.current = source;
    if (!active) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      setKept({ state: 'saving' });
      try {
        await api('PUT /api/shops/:shop/policy/draft', { params: { shop }, body: { source } }, stop.signal);
        setKept({ state: 'saved', at: new Date().toISOString() });
      } catch (error) {
        if (!stop.signal.aborted)
          setKept({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
      }
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [shop, source, active]);
  return [kept, setKept];
}
