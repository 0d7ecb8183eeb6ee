import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { Badge, ErrorState, Link, Note, useAgo, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { DueText } from '../../conduct/appeal-due.tsx';
import { PersonName, personInSentence } from '../../conduct/person.tsx';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { type Shortcut, useShortcuts } from '../../shortcuts.ts';
import { AnswerPanel, KEYS, type Press } from './answer-panel.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { Facts } from './facts.tsx';
import { Said } from './said.tsx';
import { AppealSkeleton } from './skeleton.tsx';
import { TOUCHED } from './touched.ts';
import { useOutcome } from './use-outcome.ts';
import { Was } from './was.tsx';

const OPEN = new Set<AppealDetail['state']>(['filed', 'under_review', 'information_asked']);

/** Is the customer right? Their words beside what was decided, and what would be left if they are. */
export default function AppealPage() {
  const { id } = useParams({ from: '/shops/$shop/appeals/$id' });
  return <OneAppeal key={id} id={id} />;
}

function OneAppeal({ id }: { id: string }) {
  const { t } = useTranslation('appeals');
  const shop = useShop();
  const navigate = useNavigate();
  const appeal = useApi('GET /api/shops/:shop/appeals/:id', { params: { shop: shop.slug, id } });
  const detail = appeal.data;
  const open = detail !== undefined && OPEN.has(detail.state);
  const outcome = useOutcome(shop.slug, id, detail, open);
  const [asking, setAsking] = useState<'ask' | 'decide' | null>(null);
  const [reason, setReason] = useState('');
  const take = useAction('POST /api/shops/:shop/appeals/:id/take', { touches: TOUCHED, says: () => t('taken') });

  const onPress = (press: Press) => {
    if (press === 'back') void navigate({ to: '/shops/$shop/appeals', params: { shop: shop.slug } });
    else if (!open || !detail.may[press]) return;
    else if (press === 'take') {
      if (!take.isPending) take.mutate({ params: { shop: shop.slug, id } });
    } else if (press === 'ask' || (outcome.preview && !outcome.behind)) setAsking(press);
  };
  useKeys(onPress);

  if (appeal.error && !detail) return <ErrorState error={appeal.error} onRetry={() => void appeal.refetch()} />;
  if (!detail) return <AppealSkeleton />;
  return (
    <div className="flex min-h-[calc(100dvh-var(--shell-chrome))] w-full flex-col gap-6 px-4 pt-5 md:px-8 md:pt-7">
      <div className="mx-auto flex w-full max-w-7xl grow flex-col gap-6 pb-4">
        <Header shop={shop.slug} detail={detail} open={open} />
        <div className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-2">
          {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reached by keyboard */}
          <section
            tabIndex={0}
            aria-label={t('said.title')}
            className="-m-1 p-1 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-13rem)] lg:overflow-y-auto"
          >
            <Said shop={shop.slug} detail={detail} />
          </section>
          {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reached by keyboard */}
          <Was detail={detail}>
            <Facts
              facts={outcome.facts}
              marked={outcome.marked}
              count={outcome.corrections.length}
              onMark={open ? outcome.onMark : null}
            />
          </Was>
        </div>
      </div>
      {open && <AnswerPanel detail={detail} outcome={outcome} taking={take.isPending} onPress={onPress} />}
      {asking === 'ask' && <AskDialog shop={shop.slug} detail={detail} onClose={() => setAsking(null)} />}
      {asking === 'decide' && outcome.preview && (
        <DecideDialog
          shop={shop.slug}
          detail={detail}
          outcome={outcome}
          preview={outcome.preview}
          reason={reason}
          onReason={setReason}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** The appeal's own keys, as long as it is on screen. */
function useKeys(onPress: (press: Press) => void): void {
  const { t } = useTranslation('appeals');
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  const shortcuts = useMemo<readonly Shortcut[]>(
    () =>
      (['take', 'ask', 'decide', 'back'] as const).map((press) => ({
        keys: KEYS[press],
        label: t(`act.${press}`),
        group: t('act.group'),
        run: () => latest.current(press),
      })),
    [t],
  );
  useShortcuts(shortcuts);
}

function Header({ shop, detail, open }: { shop: string; detail: AppealDetail; open: boolean }) {
  const { t } = useTranslation(['appeals', 'events']);
  const { t: words } = useTranslation('events');
  return (
    <header className="flex flex-col gap-2">
      <p className="text-sm text-muted">
        <Link to="/shops/$shop/appeals" params={{ shop }}>
          {t('crumb')}
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight text-ink">
          {t(`heading.${detail.type}`, { name: personInSentence(detail.customer, words) })}
        </h1>
        <Badge>{t(`state.${detail.state}`)}</Badge>
      </div>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-muted">
        <Link to="/shops/$shop/customers/$id" params={{ shop, id: detail.customer.id }}>
          <PersonName person={detail.customer} />
        </Link>
        <Received at={detail.filedAt} />
        {open && <Deadline detail={detail} />}
        {detail.round > 1 && <span>{t('round', { round: detail.round })}</span>}
        {detail.reviewer && open && <span>{t('heardBy', { name: isolate(detail.reviewer.name) })}</span>}
      </p>
      {!open && <Closed detail={detail} />}
    </header>
  );
}

function Received({ at }: { at: string }) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  const ago = useAgo();
  return (
    <time dateTime={at} title={formats.instant(at)}>
      {t('received', { when: isolate(ago(at)) })}
    </time>
  );
}

/** While the customer is asked something, the time is theirs. */
function Deadline({ detail }: { detail: AppealDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (detail.state === 'information_asked' && detail.informationUntil !== null)
    return <span>{t('due.paused', { date: isolate(formats.date(detail.informationUntil)) })}</span>;
  return <DueText due={detail} />;
}

function Closed({ detail }: { detail: AppealDetail }): ReactNode {
  const { t } = useTranslation('appeals');
  const ago = useAgo();
  if (detail.state === 'withdrawn') return <Note>{t('act.withdrawn')}</Note>;
  if (detail.decidedAt === null) return null;
  return (
    <Note meaning={detail.state === 'rejected' ? 'neutral' : 'good'}>
      {t('act.closed', {
        state: t(`state.${detail.state}`),
        name: isolate(detail.decidedBy?.name ?? t('act.somebody')),
        when: isolate(ago(detail.decidedAt)),
      })}
    </Note>
  );
}
