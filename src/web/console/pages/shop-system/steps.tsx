import { useTranslation } from 'react-i18next';
import type { PlatformName } from './types.ts';

const STEPS = ['first', 'second', 'third'] as const;

/** What connecting a platform takes. */
export function Steps({ platform }: { platform: PlatformName }) {
  const { t } = useTranslation('connections');
  return (
    <ol className="flex flex-col gap-2">
      {STEPS.map((step, index) => (
        <li key={step} className="flex items-start gap-2.5 text-base text-ink">
          <span
            aria-hidden="true"
            className="tabular mt-px inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-sunken text-xs font-medium text-muted"
          >
            {index + 1}
          </span>
          <span>{t(`step.${platform}.${step}`)}</span>
        </li>
      ))}
    </ol>
  );
}
