import { useTranslation } from 'react-i18next';
import type { Home, ProposalRow } from '../../../../contracts/review.ts';
import {
  Badge,
  ButtonLink,
  Card,
  EmptyState,
  Link,
  type MetricUnit,
  RelativeTime,
  Section,
  STANDING_OF_STEP,
  StandingMark,
  useFormats,
} from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';

const UNITS: ReadonlySet<string> = new Set<MetricUnit>(['count', 'share', 'money', 'days', 'ratio']);
const isUnit = (unit: string): unit is MetricUnit => UNITS.has(unit);

/** The proposals that have waited: who, what is proposed, and the figure that says why. */
export function Waiting({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const shop = useShop();
  return (
    <Section
      title={t('waiting.title')}
      actions={
        home.open > home.proposals.length && (
          <Link to="/shops/$shop/review" params={{ shop: shop.slug }} className="text-sm">
            {t('waiting.all', { count: home.open })}
          </Link>
        )
      }
    >
      <Card>
        {home.proposals.length === 0 ? (
          <EmptyState
            icon="check"
            title={t('waiting.empty')}
            action={
              <ButtonLink to="/shops/$shop/policy" params={{ shop: shop.slug }}>
                {t('waiting.readPolicy')}
              </ButtonLink>
            }
          >
            {t('waiting.emptyHint')}
          </EmptyState>
        ) : (
          <ul>
            {home.proposals.map((proposal) => (
              <WaitingRow key={proposal.id} proposal={proposal} />
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}

function WaitingRow({ proposal }: { proposal: ProposalRow }) {
  const { t } = useTranslation(['home', 'common']);
  const formats = useFormats();
  const shop = useShop();
  const { headline } = proposal;
  const figure =
    headline && headline.value !== null && isUnit(headline.unit)
      ? t('waiting.headline', {
          value: formats.metric(headline.value, headline.unit),
          threshold: formats.metric(headline.threshold, headline.unit),
        })
      : null;
  const name = proposal.customer.name ?? proposal.customer.externalId ?? t('common:unnamed');
  return (
    <li className="border-b border-line last:border-0">
      <Link
        quiet
        to="/shops/$shop/review/$id"
        params={{ shop: shop.slug, id: proposal.id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 px-4 py-2.5 no-underline! transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
          <bdi className="truncate text-base font-medium">{name}</bdi>
          {proposal.gravity === 'grave' && <Badge meaning="block">{t('waiting.grave')}</Badge>}
          {proposal.firstApprover ? (
            <Badge>{t('waiting.secondBy', { name: proposal.firstApprover.name })}</Badge>
          ) : (
            proposal.needsSecond && <Badge>{t('waiting.second')}</Badge>
          )}
        </span>
        <span className="inline-flex items-center gap-1.5 justify-self-end text-sm font-medium">
          <StandingMark standing={STANDING_OF_STEP[proposal.type]} />
          {t(`common:step.${proposal.type}`)}
        </span>
        <span className="min-w-0 text-sm text-muted">
          <bdi>{proposal.title}</bdi>
          {figure && <bdi className="block lg:ms-3 lg:inline">{figure}</bdi>}
        </span>
        <RelativeTime at={proposal.openedAt} className="justify-self-end text-sm text-faint" />
      </Link>
    </li>
  );
}
