import { useTranslation } from 'react-i18next';
import type { AppealRow } from '../../../../contracts/appeals.ts';
import type { Home } from '../../../../contracts/review.ts';
import { Card, Link, Note, Section, STANDING_OF_STEP, StandingMark } from '../../../ui/index.ts';
import { DueText } from '../../conduct/appeal-due.tsx';
import { useShop } from '../../session.tsx';

/** Customers who wait for another look: those who were promised an answer by now, at the very top of the page; or the others. */
export function Appeals({ home, late = false }: { home: Home; late?: boolean }) {
  const { t } = useTranslation('home');
  const shop = useShop();
  const rows = home.appeals.filter((appeal) => appeal.overdue === late);
  if (rows.length === 0) return null;
  return (
    <Section
      title={late ? t('appeals.late', { count: home.appealsOverdue }) : t('appeals.title')}
      hint={late ? t('appeals.lateHint') : undefined}
      actions={
        home.appealsOpen > home.appeals.length &&
        (late || home.appealsOverdue === 0) && (
          <Link to="/shops/$shop/appeals" params={{ shop: shop.slug }} className="text-sm">
            {t('appeals.all', { count: home.appealsOpen })}
          </Link>
        )
      }
    >
      <Card>
        <ul>
          {rows.map((appeal) => (
            <AppealLine key={appeal.id} shop={shop.slug} appeal={appeal} />
          ))}
        </ul>
      </Card>
    </Section>
  );
}

function AppealLine({ shop, appeal }: { shop: string; appeal: AppealRow }) {
  const { t } = useTranslation(['home', 'common']);
  return (
    <li className="border-b border-line last:border-0">
      <Link
        quiet
        to="/shops/$shop/appeals/$id"
        params={{ shop, id: appeal.id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 px-4 py-2.5 no-underline! transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="truncate text-base font-medium">
          <bdi>{appeal.customer.name ?? appeal.customer.externalId ?? t('common:unnamed')}</bdi>
        </span>
        <DueText due={appeal} className="justify-self-end text-sm" />
        <span className="col-span-2 inline-flex min-w-0 items-center gap-1.5 text-sm text-muted">
          <StandingMark standing={STANDING_OF_STEP[appeal.measure.type]} />
          <span className="shrink-0">{t(`changes.measure.${appeal.measure.type}`)}</span>
          <span className="truncate">
            <bdi>{appeal.measure.title}</bdi>
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Messages that did not reach their customers. */
export function MailTrouble({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const shop = useShop();
  if (home.mailFailed === 0) return null;
  return (
    <Note meaning="watch">
      {t('mail.failed', { count: home.mailFailed })}{' '}
      <Link to="/shops/$shop/outbox" params={{ shop: shop.slug }} search={{ tab: 'failed' }}>
        {t('mail.look')}
      </Link>
    </Note>
  );
}
