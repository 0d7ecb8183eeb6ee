import { type RefObject, useEffect } from 'react';

/** Toasts stand above a bar at the foot of the page: what was just done must not cover what is to be done next. */
export function useToastsAbove(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = document.documentElement;
    const measure = () => {
      const top = bar.current?.getBoundingClientRect().top;
      if (top !== undefined) root.style.setProperty('--toast-bottom', `${Math.round(innerHeight - top + 8)}px`);
    };
    const watcher = new ResizeObserver(measure);
    if (bar.current) watcher.observe(bar.current);
    return () => {
      watcher.disconnect();
      root.style.removeProperty('--toast-bottom');
    };
  }, [bar]);
}
