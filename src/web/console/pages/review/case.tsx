import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import {
  DateText,
  Link,
  Money,
  Note,
  Section,
  STANDING_OF_STEP,
  StandingBadge,
  StandingMark,
  useAgo,
  useFormats,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { effectSentence, nextSentence } from '../../conduct/effect.ts';
import { NoticePreview } from '../../conduct/notice/notice-preview.tsx';
import type { NoticeDraft } from '../../conduct/notice/use-notice.ts';
import { PersonName, personInSentence } from '../../conduct/person.tsx';
import { useTools } from '../../conduct/use-tools.ts';
import { Why } from './why.tsx';

interface CaseProps {
  shop: string;
  detail: ProposalDetail;
  notice: NoticeDraft;
  heading: RefObject<HTMLHeadingElement | null>;
}

/** One case, from who it is about to what would follow. */
export function Case({ shop, detail, notice, heading }: CaseProps) {
  const { t } = useTranslation(['review', 'events']);
  const { t: words } = useTranslation('events');
  const tools = useTools();
  const name = personInSentence(detail.customer, words);
  const advice = detail.traces.find((trace) => trace.outcome === 'true' && trace.advice)?.advice;
  return (
    <article className="flex flex-col gap-6">
      <header className="flex flex-col gap-4">
        <div>
          <h2 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight text-ink outline-none">
            <Link quiet to="/shops/$shop/customers/$id" params={{ shop, id: detail.customer.id }}>
              <PersonName person={detail.customer} />
            </Link>
          </h2>
          <PersonLine detail={detail} />
        </div>
        <div className="flex flex-col gap-1">
          <p className="text-sm text-muted">{t('proposes')}</p>
          <p className="flex items-center gap-2 text-lg font-semibold text-ink">
            <StandingMark standing={STANDING_OF_STEP[detail.type]} className="size-3" />
            {t('proposesBecause', { what: t(`events:stepType.${detail.type}`), title: detail.title })}
          </p>
          <p className="text-sm text-muted">
            {t('step', { step: detail.step })}
            {detail.policyVersion !== null && ` · ${t('version', { version: detail.policyVersion })}`}
          </p>
        </div>
        <Remarks detail={detail} />
        <AlsoOpen shop={shop} proposals={detail.alsoOpen} />
      </header>
      <Why shop={shop} detail={detail} />
      <Reads shop={shop} detail={detail} notice={notice} />
      <div className="grid gap-6 lg:grid-cols-2">
        <Section level={3} title={t('happens')}>
          <ul className="flex list-disc flex-col gap-1.5 ps-5 text-base text-ink">
            <li>{effectSentence(detail.effect, name, tools)}</li>
            {advice && <li>{t('advice', { advice })}</li>}
            <li>{nextSentence(detail.nextStep, tools)}</li>
            <li>{words('effect.rights')}</li>
          </ul>
        </Section>
        <Section level={3} title={t('similar')}>
          <Similar similar={detail.similar} />
        </Section>
        <Facts facts={detail.customerFacts} />
      </div>
    </article>
  );
}

/** What the customer will read; once it was approved, where it stands. */
function Reads({ shop, detail, notice }: Pick<CaseProps, 'shop' | 'detail' | 'notice'>) {
  const { t } = useTranslation(['review', 'events', 'notices']);
  const { t: words } = useTranslation('events');
  const title = t('reads', { name: personInSentence(detail.customer, words) });
  if (detail.type === 'watch')
    return (
      <Section level={3} title={title}>
        <p className="text-base text-muted">{t('notices:nothing')}</p>
      </Section>
    );
  if (detail.status === 'open')
    return (
      <NoticePreview
        shop={shop}
        title={title}
        draft={notice}
        mayWrite={detail.may.soften || detail.may.decline}
        block={detail.type === 'block'}
      />
    );
  if (detail.status !== 'approved') return null;
  return (
    <p className="text-base text-muted">
      {t('told.approved')}{' '}
      <Link to="/shops/$shop/customers/$id" params={{ shop, id: detail.customer.id }}>
        {t('told.open')}
      </Link>
    </p>
  );
}

function PersonLine({ detail }: { detail: ProposalDetail }) {
  const { t } = useTranslation('review');
  const formats = useFormats();
  const { customerFacts: facts } = detail;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <StandingBadge standing={detail.customer.standing} />
      <span>{t('person.since', { date: isolate(formats.date(facts.since)) })}</span>
      <span>{t('person.orders', { count: facts.orders })}</span>
      <span>{t('person.ordered', { money: isolate(formats.money(facts.orderedValue, { short: true })) })}</span>
    </p>
  );
}

/** What one must know besides the figures: who was asked, who approved first, why milder steps were passed over. */
function Remarks({ detail }: { detail: ProposalDetail }) {
  const { t } = useTranslation('review');
  const ago = useAgo();
  const closed = useMemo(() => {
    if (detail.status === 'open') return null;
    const name = isolate(detail.decidedBy?.name ?? t('closed.somebody'));
    const when = detail.decidedAt === null ? '' : isolate(ago(detail.decidedAt));
    return t(`closed.${detail.status}`, { name, when });
  }, [detail, ago, t]);
  const open = detail.status === 'open';
  return (
    <>
      {closed && <Note>{closed}</Note>}
      {detail.skipped && <Note meaning="block">{t(`skipped.${detail.skipped}`)}</Note>}
      {open && detail.firstApprover && <Note>{t('secondNow', { name: isolate(detail.firstApprover.name) })}</Note>}
      {open && detail.needsSecond && !detail.firstApprover && <Note>{t('needsSecond')}</Note>}
      {open && detail.colleague && <Note>{t('asked', { name: isolate(detail.colleague.name) })}</Note>}
    </>
  );
}

/** The customer's other proposals, so that one answer is not given in ignorance of another. */
function AlsoOpen({ shop, proposals }: { shop: string; proposals: ProposalDetail['alsoOpen'] }) {
  const { t } = useTranslation(['review', 'events']);
  if (proposals.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-base text-ink">
      {proposals.map((proposal) => (
        <li key={proposal.id}>
          {t('alsoOpen')}{' '}
          <Link to="/shops/$shop/review/$id" params={{ shop, id: proposal.id }}>
            {t('proposesBecause', { what: t(`events:stepType.${proposal.type}`), title: proposal.title })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Similar({ similar }: { similar: ProposalDetail['similar'] }) {
  const { t } = useTranslation('review');
  const formats = useFormats();
  if (similar.approved + similar.declined === 0) return <p className="text-base text-muted">{t('similarNone')}</p>;
  const parts = [
    similar.approved > 0 && t('similarApproved', { count: similar.approved }),
    similar.approved > 0 && t('similarChanged', { count: similar.changedAfterwards }),
    similar.declined > 0 && t('similarDeclined', { count: similar.declined }),
  ].filter((part) => typeof part === 'string');
  return <p className="text-base text-ink">{formats.list(parts)}</p>;
}

function Facts({ facts }: { facts: ProposalDetail['customerFacts'] }) {
  const { t } = useTranslation('review');
  const formats = useFormats();
  const taken = (
    [
      ['cancelled', facts.cancelledValue],
      ['returned', facts.returnedValue],
      ['refunded', facts.refundedValue],
      ['disputed', facts.disputedValue],
    ] as const
  ).filter(([what, units]) => what === 'returned' || units > 0);
  const rows = [
    [t('facts.since'), <DateText key="since" at={facts.since} />],
    [t('facts.orders'), formats.count(facts.orders)],
    [t('facts.ordered'), <Money key="ordered" units={facts.orderedValue} />],
    ...taken.map(
      ([what, units]) => [t(`facts.${what}`), <Money key={what} units={units === 0 ? 0 : -units} />] as const,
    ),
    [t('facts.kept'), <Money key="kept" units={facts.lifetimeValue} />],
    [t('facts.measures'), formats.count(facts.measuresBefore)],
  ] as const;
  return (
    <Section level={3} title={t('facts.title')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-base">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="tabular text-end text-ink">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
