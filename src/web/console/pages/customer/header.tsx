import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDetail } from '../../../../contracts/customers.ts';
import { Badge, CopyableId, DateText, Link, Money, Note, StandingBadge, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { PersonName } from '../../conduct/person.tsx';

/** Who this is: the name, the standing as a word with its reason and end, and what they have bought. */
export function CustomerHeader({ shop, customer }: { shop: string; customer: CustomerDetail }) {
  const { t } = useTranslation('customer');
  const formats = useFormats();
  return (
    <header className="flex flex-col gap-3">
      <div>
        <p className="mb-1 text-sm text-muted">
          <Link to="/shops/$shop/customers" params={{ shop }}>
            {t('crumb')}
          </Link>
        </p>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold tracking-tight text-ink">
            <PersonName person={customer} />
          </h1>
          <StandingBadge standing={customer.standing} />
          {customer.allowListed && <Badge meaning="good">{t('allowListed')}</Badge>}
        </div>
        <StandingLine customer={customer} />
        <div className="-ms-1 mt-1 flex flex-wrap gap-x-3">
          {customer.externalId && <CopyableId value={customer.externalId} label={t('number')} />}
          {customer.email && <CopyableId value={customer.email} label={t('email')} />}
          {customer.phone && <CopyableId value={customer.phone} label={t('phone')} />}
        </div>
      </div>
      {customer.erased && <Note>{t('erased')}</Note>}
      <dl className="flex flex-wrap gap-x-8 gap-y-3 border-t border-line pt-3">
        <Fact label={t('facts.since')}>
          <DateText at={customer.firstAt} />
        </Fact>
        <Fact label={t('facts.orders')}>{formats.count(customer.orders)}</Fact>
        <Fact label={t('facts.ordered')}>
          <Money units={customer.orderedValue} />
        </Fact>
        <Fact
          label={t('facts.returned')}
          remark={customer.returnShare !== null && t('facts.share', { share: formats.share(customer.returnShare) })}
        >
          <Money units={customer.returnedValue} />
        </Fact>
        <Fact label={t('facts.refunded')}>
          <Money units={customer.refundedValue} />
        </Fact>
        <Fact label={t('facts.kept')}>
          <Money units={customer.lifetimeValue} />
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ label, remark, children }: { label: string; remark?: string | false; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="tabular text-base font-medium text-ink">{children}</dd>
      {remark && <dd className="text-xs text-muted">{remark}</dd>}
    </div>
  );
}

/** "since 3 May · because of: … · until 3 November" */
function StandingLine({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer');
  const formats = useFormats();
  if (customer.standing === 'good') return null;
  const parts = [
    customer.standingSince && t('since', { date: isolate(formats.date(customer.standingSince)) }),
    customer.because.length > 0 && t('because', { rules: formats.list(customer.because.map((rule) => rule.title)) }),
    customer.standingUntil && t('until', { date: isolate(formats.date(customer.standingUntil)) }),
  ].filter((part) => typeof part === 'string');
  return <p className="mt-1 text-sm text-muted">{parts.join(' · ')}</p>;
}
