import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDetail, MeasureView } from '../../../../contracts/customers.ts';
import type { MeasureType } from '../../../../contracts/events.ts';
import {
  Button,
  ButtonLink,
  Card,
  Icon,
  type IconName,
  RelativeTime,
  Section,
  STANDING_OF_STEP,
  StandingMark,
} from '../../../ui/index.ts';
import { obligationText, surfaceList } from '../../conduct/effect.ts';
import { LiftDialog } from '../../conduct/lift-dialog.tsx';
import { useTools } from '../../conduct/use-tools.ts';
import type { Shop } from '../../session.tsx';
import { InShop } from './in-shop.tsx';
import { OpenAppeals } from './open-appeals.tsx';
import { Told } from './told.tsx';

export type Doing = 'note' | 'portal' | MeasureType;

interface NowProps {
  shop: Shop;
  customer: CustomerDetail;
  onDo: (doing: Doing) => void;
}

/** What waits, what is in force, and what one may do, mildest first. */
export function Now({ shop, customer, onDo }: NowProps) {
  const { t } = useTranslation(['customer', 'events']);
  const [lifting, setLifting] = useState<MeasureView | null>(null);
  const active = customer.measures.filter(inForce);
  const past = customer.measures.length - active.length;
  const mayLift = shop.may('POST /api/shops/:shop/measures/:id/lift');
  return (
    <Section title={t('now.title')}>
      {customer.proposals.map((proposal) => (
        <Card key={proposal.id} className="flex flex-col gap-2 px-4 py-3">
          <p className="text-sm text-muted">{t('now.proposal')}</p>
          <p className="flex items-start gap-2 text-base font-medium text-ink">
            <StandingMark standing={STANDING_OF_STEP[proposal.type]} className="mt-1.5" />
            <span>
              {t(`events:stepType.${proposal.type}`)}: {proposal.title}
            </span>
          </p>
          <ButtonLink
            look="primary"
            to="/shops/$shop/review/$id"
            params={{ shop: shop.slug, id: proposal.id }}
            className="self-start"
          >
            {t('now.look')}
          </ButtonLink>
        </Card>
      ))}
      <OpenAppeals shop={shop.slug} customer={customer.id} />
      <Card className="flex flex-col divide-y divide-line">
        <h3 className="px-4 pt-3 pb-1 text-sm text-muted">{t('now.measures')}</h3>
        {active.length === 0 && <p className="px-4 pt-1 pb-3 text-base text-ink">{t('now.noMeasures')}</p>}
        {active.map((measure) => (
          <InForce key={measure.id} measure={measure} onLift={mayLift ? () => setLifting(measure) : null} />
        ))}
        {past > 0 && <p className="px-4 py-2 text-sm text-muted">{t('now.past', { count: past })}</p>}
      </Card>
      <Told shop={shop.slug} customer={customer.id} />
      <InShop shop={shop} customer={customer} />
      <Actions shop={shop} customer={customer} onDo={onDo} />
      {lifting && <LiftDialog shop={shop.slug} measure={lifting} onClose={() => setLifting(null)} />}
    </Section>
  );
}

/** Also a measure that rests while an appeal is late: it goes on unless the appeal ends it. */
const inForce = ({ state }: MeasureView) => state === 'active' || state === 'suspended';

interface InForceProps {
  measure: CustomerDetail['measures'][number];
  onLift: (() => void) | null;
}

function InForce({ measure, onLift }: InForceProps) {
  const { t } = useTranslation(['customer', 'events', 'measures']);
  const tools = useTools();
  const demands = [
    ...(measure.surfaces.length > 0 ? [t('measures:closed', { surfaces: surfaceList(measure.surfaces, tools) })] : []),
    ...measure.obligations.map((obligation) => obligationText(obligation, tools)),
  ];
  return (
    <div className="flex items-start justify-between gap-3 px-4 py-2.5">
      <div className="min-w-0">
        <p className="flex items-center gap-2 text-base font-medium text-ink">
          <StandingMark standing={STANDING_OF_STEP[measure.type]} />
          {t(`events:measureType.${measure.type}`)}
        </p>
        {measure.state === 'suspended' && (
          <p className="flex items-center gap-1.5 text-sm text-ink">
            <Icon name="clock" className="size-3.5 text-muted" />
            {t('measures:suspended')}
          </p>
        )}
        {demands.length > 0 && <p className="text-sm text-ink">{demands.join(' · ')}</p>}
        <p className="text-sm text-muted">
          {measure.rules.map((rule) => rule.title).join(', ') || t('measures:byHand')}
        </p>
        <p className="text-sm text-muted">
          {t('measures:column.until')} <RelativeTime at={measure.until} />
        </p>
      </div>
      {onLift && <Button onClick={onLift}>{t('measures:lift')}</Button>}
    </div>
  );
}

const ICONS: Record<Doing, IconName> = {
  note: 'edit',
  portal: 'mail',
  warning: 'alert',
  restriction: 'filter',
  block: 'close',
};

function Actions({ shop, customer, onDo }: NowProps) {
  const { t } = useTranslation('customer');
  const mayNote = shop.may('POST /api/shops/:shop/customers/:id/notes');
  const mayMeasure = shop.may('POST /api/shops/:shop/customers/:id/measures') && !customer.erased;
  if (!mayNote) return <Card className="px-4 py-3 text-sm text-muted">{t('now.auditor')}</Card>;
  const measures: readonly MeasureType[] = mayMeasure ? ['warning', 'restriction', 'block'] : [];
  return (
    <Card>
      <div className="px-4 pt-3 pb-1">
        <h3 className="text-sm text-muted">{t('now.actions')}</h3>
      </div>
      <ul className="flex flex-col">
        <Action doing="note" onDo={onDo} />
        {shop.may('POST /api/shops/:shop/customers/:id/portal-link') && !customer.erased && (
          <Action doing="portal" onDo={onDo} hint={customer.email === null ? t('now.portalNoAddress') : null} />
        )}
        <li className="px-4 py-2">
          <p className="text-base text-ink">{t('now.correct')}</p>
          <p className="text-sm text-muted">{t('now.correctHint')}</p>
        </li>
        {measures.map((type) => (
          <Action key={type} doing={type} onDo={onDo} />
        ))}
      </ul>
      {!mayMeasure && !customer.erased && <p className="px-4 py-2.5 text-sm text-muted">{t('now.agent')}</p>}
    </Card>
  );
}

interface ActionProps {
  doing: Doing;
  onDo: (doing: Doing) => void;
  /** Why it cannot be done; null: it can. */
  hint?: string | null;
}

function Action({ doing, onDo, hint = null }: ActionProps) {
  const { t } = useTranslation('customer');
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-2">
      <div className="min-w-0">
        <p className="text-base text-ink">{t(`now.${doing}`)}</p>
        <p className="text-sm text-muted">{hint ?? t(`now.${doing}Hint`)}</p>
      </div>
      <Button icon={ICONS[doing]} disabled={hint !== null} onClick={() => onDo(doing)}>
        {t(`now.${doing}Button`)}
      </Button>
    </li>
  );
}
