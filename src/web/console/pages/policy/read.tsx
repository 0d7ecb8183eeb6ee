import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Badge } from '../../../ui/index.ts';
import { PolicyProse } from './policy-prose.tsx';

/** The policy in force, as staff and customers read it, rule by rule with how many it touches today. */
export function Read({ policy }: { policy: ResponseOf<'GET /api/shops/:shop/policy'> }) {
  const { t } = useTranslation('policy');
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash !== '') document.getElementById(hash)?.scrollIntoView();
  }, [hash]);
  const { prose, touches } = policy;
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_16rem]">
      <div className="flex flex-col gap-6">
        <h2 className="text-2xl font-semibold tracking-tight text-ink">
          <bdi>{prose.title}</bdi>
        </h2>
        <PolicyProse
          prose={prose}
          anchors
          beside={(section) => {
            if (section.kind !== 'rule') return null;
            const count = touches[section.id] ?? 0;
            return <Badge meaning={count > 0 ? 'watch' : 'neutral'}>{t('read.touches', { count })}</Badge>;
          }}
        />
      </div>
      <nav aria-label={t('read.contents')} className="max-lg:hidden">
        <div className="sticky top-6 flex flex-col gap-1 text-sm">
          <p className="mb-1 text-xs text-muted">{t('read.contents')}</p>
          {prose.sections.map((section) => (
            <a
              key={`${section.kind} ${section.id}`}
              href={`#${section.id}`}
              className="flex min-h-6 items-center rounded-sm text-muted hover:text-ink"
            >
              <bdi>{section.title}</bdi>
            </a>
          ))}
        </div>
      </nav>
    </div>
  );
}
