import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/index.ts';
import type { AbilityRow, PlatformName } from './types.ts';

type How = AbilityRow['how'];

const INK: Record<How, string> = {
  itself: 'text-good',
  extension: 'text-good',
  afterwards: 'text-watch',
  by_hand: 'text-restrict',
  no: 'text-muted',
};

/** One shape for each, so that the colour only repeats it: whole, whole with a part added, half, a hollow square, a bar. */
const SHAPES: Record<How, ReactNode> = {
  itself: <circle cx="6" cy="6" r="4.500" fill="currentColor" />,
  extension: (
    <>
      <circle cx="6" cy="6" r="3.800" fill="none" stroke="currentColor" strokeWidth="1.600" />
      <circle cx="6" cy="6" r="1.600" fill="currentColor" />
    </>
  ),
  afterwards: (
    <>
      <circle cx="6" cy="6" r="3.800" fill="none" stroke="currentColor" strokeWidth="1.600" />
      <path d="M6 2.200a3.800 3.800 0 0 1 0 7.600z" fill="currentColor" />
    </>
  ),
  by_hand: <rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1.600" />,
  no: <path d="M1.500 6h9" stroke="currentColor" strokeWidth="1.800" />,
};

/** Where the shop's system is the merchant's own, so is what extends it. */
export const howWords = (how: How, platform: PlatformName): How | 'own' =>
  how === 'extension' && platform === 'generic' ? 'own' : how;

/** How far a platform does something: shape, word and colour. */
export function Honour({ how, platform }: { how: How; platform: PlatformName }) {
  const { t } = useTranslation('connections');
  const words = howWords(how, platform);
  return (
    <span
      title={t(`howHint.${words}`)}
      className={cx('inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap', INK[how])}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0">
        {SHAPES[how]}
      </svg>
      {t(`how.${words}`)}
    </span>
  );
}
