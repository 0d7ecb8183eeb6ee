import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

interface MoreProps {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** The end of a keyset-paged list: fetches the next page when it comes into sight, or on a press. */
export function More({ hasMore, loading, onMore }: MoreProps) {
  const { t } = useTranslation('ui');
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore || loading) return;
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && onMore(), {
      rootMargin: '400px',
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [hasMore, loading, onMore]);
  if (!hasMore) return null;
  return (
    <div ref={end} className="flex justify-center py-3">
      <Button look="quiet" pending={loading} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  );
}
