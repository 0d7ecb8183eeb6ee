import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';

export type Standing = 'good' | 'watched' | 'warned' | 'restricted' | 'blocked';
export type Meaning = 'good' | 'watch' | 'restrict' | 'block' | 'neutral';

const INK: Record<Meaning, string> = {
  good: 'text-good',
  watch: 'text-watch',
  restrict: 'text-restrict',
  block: 'text-block',
  neutral: 'text-muted',
};
const SOFT: Record<Meaning, string> = {
  good: 'bg-good-soft',
  watch: 'bg-watch-soft',
  restrict: 'bg-restrict-soft',
  block: 'bg-block-soft',
  neutral: 'bg-sunken',
};

type Shape = 'disc' | 'ring' | 'triangle' | 'square' | 'octagon';

const SHAPES: Record<Shape, ReactNode> = {
  disc: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  triangle: <path d="M6 1 11.3 10.500H.7z" fill="currentColor" />,
  square: (
    <>
      <rect x="1.800" y="1.800" width="8.400" height="8.400" fill="none" stroke="currentColor" strokeWidth="1.600" />
      <path d="M1.800 6h8.400v4.200H1.800z" fill="currentColor" />
    </>
  ),
  octagon: (
    <path
      d="M3.5.2h5l3.3 3.3v5l-3.3 3.3h-5L.2 8.5v-5zM2.800 5.100v1.800h6.400V5.100z"
      fill="currentColor"
      fillRule="evenodd"
    />
  ),
};

const OF_STANDING: Record<Standing, { meaning: Meaning; shape: Shape }> = {
  good: { meaning: 'good', shape: 'disc' },
  watched: { meaning: 'watch', shape: 'ring' },
  warned: { meaning: 'watch', shape: 'triangle' },
  restricted: { meaning: 'restrict', shape: 'square' },
  blocked: { meaning: 'block', shape: 'octagon' },
};

/** What a step or measure amounts to, as a standing: for the shape beside its word. */
export const STANDING_OF_STEP = {
  watch: 'watched',
  warning: 'warned',
  restriction: 'restricted',
  block: 'blocked',
} as const satisfies Record<string, Standing>;

/** The shape of a standing alone; the word must stand beside it. */
export function StandingMark({ standing, className }: { standing: Standing; className?: string }) {
  const { meaning, shape } = OF_STANDING[standing];
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cx('size-3 shrink-0', INK[meaning], className)}>
      {SHAPES[shape]}
    </svg>
  );
}

/** Word, shape and colour, in this order of importance. `plain` leaves the tinted ground out, for tables. */
export function StandingBadge({ standing, plain }: { standing: Standing; plain?: boolean }) {
  const { t } = useTranslation('ui');
  const { meaning } = OF_STANDING[standing];
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 whitespace-nowrap text-sm',
        plain ? 'text-ink' : cx('rounded-full px-2 py-px font-medium', SOFT[meaning], INK[meaning]),
      )}
    >
      <StandingMark standing={standing} />
      {t(`standing.${standing}`)}
    </span>
  );
}

/** A short word on a tinted ground. Colour repeats the word, never replaces it. */
export function Badge({ meaning = 'neutral', children }: { meaning?: Meaning; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-px text-xs font-medium',
        SOFT[meaning],
        INK[meaning],
      )}
    >
      {children}
    </span>
  );
}
