import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/index.ts';
import { LanguageLinks } from '../../shell/language-links.tsx';

interface DoorstepProps {
  /** Stands above the title: which step this is. */
  eyebrow?: ReactNode;
  title: ReactNode;
  answer: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** Before one is inside: the name, one thing to do, and nothing else. */
export function Doorstep({ eyebrow, title, answer, wide, children }: DoorstepProps) {
  const { t } = useTranslation('welcome');
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-10 md:py-[12vh]">
      <div className="mb-6 flex items-center gap-2.5">
        <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7">
          <rect width="32" height="32" rx="8" className="fill-accent" />
          <path d="M9 12.500h14M9 19.500h14" strokeWidth="3.5" strokeLinecap="round" className="stroke-on-accent" />
        </svg>
        <span translate="no" className="text-lg font-semibold">
          {t('name')}
        </span>
      </div>
      <Card className={wide ? 'w-full max-w-lg' : 'w-full max-w-sm'}>
        <div className="flex flex-col gap-5 p-5 md:p-7">
          <div>
            {eyebrow && <p className="mb-1 text-sm text-muted">{eyebrow}</p>}
            <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
            <p className="mt-1 text-base text-muted">{answer}</p>
          </div>
          {children}
        </div>
      </Card>
      <p className="mt-6 text-sm text-muted">{t('tagline')}</p>
      <LanguageLinks />
    </main>
  );
}
