import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api.ts';

/** The text as it was a moment after the last change. */
export function useSettled(text: string, pause: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text, pause]);
  return settled;
}

/** What the service says of the text: findings, tests, and how it reads. The former answer stays until the next one is there. */
export function useCheck(shop: string, source: string) {
  const settled = useSettled(source, 450);
  const check = useQuery({
    queryKey: ['POST /api/shops/:shop/policy/check', shop, settled],
    queryFn: ({ signal }) =>
      api('POST /api/shops/:shop/policy/check', { params: { shop }, body: { source: settled } }, signal),
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  return { ...check, current: settled === source && !check.isPlaceholderData && check.data !== undefined };
}
