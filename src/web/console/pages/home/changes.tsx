import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { HomeChange } from '../../../../contracts/review.ts';
import { Card, Link, RelativeTime, Section, STANDING_OF_STEP, StandingMark, useFormats } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';

const ENDINGS = ['time', 'staff', 'earned', 'appeal', 'undo', 'voided'] as const;

function sentence(change: HomeChange, until: string, t: TFunction<'home'>): string {
  switch (change.kind) {
    case 'started':
      return t(`changes.started.${change.type}`, { until });
    case 'ended': {
      const why = ENDINGS.find((each) => each === change.endedBecause) ?? 'other';
      return t(`changes.ended.${why}`, { measure: t(`changes.measure.${change.type}`) });
    }
    case 'declined':
      return t('changes.declined');
  }
}

/** The last things decided, newest first. */
export function Changes({ changes }: { changes: readonly HomeChange[] }) {
  const { t } = useTranslation(['home', 'common']);
  const formats = useFormats();
  const shop = useShop();
  return (
    <Section title={t('changes.title')}>
      <Card>
        {changes.length === 0 ? (
          <p className="px-4 py-6 text-center text-base text-muted">{t('changes.empty')}</p>
        ) : (
          <ul>
            {changes.map((change) => (
              <li
                key={`${change.at}-${change.customer.id}-${change.kind}`}
                className="flex flex-col gap-0.5 border-b border-line px-4 py-2.5 text-sm last:border-0"
              >
                <span className="flex items-baseline justify-between gap-3">
                  <Link
                    quiet
                    to="/shops/$shop/customers/$id"
                    params={{ shop: shop.slug, id: change.customer.id }}
                    className="min-w-0 truncate py-0.5 font-medium"
                  >
                    <bdi>{change.customer.name ?? change.customer.externalId ?? t('common:unnamed')}</bdi>
                  </Link>
                  <RelativeTime at={change.at} className="text-faint" />
                </span>
                <span className="flex items-center gap-1.5 text-muted">
                  {change.kind === 'started' && <StandingMark standing={STANDING_OF_STEP[change.type]} />}
                  <span>
                    {sentence(change, formats.date(change.until), t)}
                    {change.rule && <bdi className="block">{change.rule.title}</bdi>}
                  </span>
                </span>
                {change.by && <span className="text-faint">{t('changes.by', { name: change.by })}</span>}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}
