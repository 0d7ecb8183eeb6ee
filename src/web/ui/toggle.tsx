import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface ToggleProps {
  pressed: boolean;
  onChange: (pressed: boolean) => void;
  /** How many there are. */
  count?: string;
  children: ReactNode;
}

/** A filter that is on or off, among others of its kind. */
export function Toggle({ pressed, onChange, count, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onChange(!pressed)}
      className={cx(
        'inline-flex control-height shrink-0 items-center gap-1.5 rounded-full border px-3 text-sm whitespace-nowrap transition-colors',
        pressed
          ? 'border-accent bg-accent-soft text-ink'
          : 'border-line bg-raised text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {children}
      {count !== undefined && <span className="tabular text-xs text-muted">{count}</span>}
    </button>
  );
}
