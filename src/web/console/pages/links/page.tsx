import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkQuestion } from '../../../../contracts/links.ts';
import { ButtonLink, EmptyState, ErrorState, Loading, More, Page, PageHeader, Skeleton } from '../../../ui/index.ts';
import { mayChangeLink, mayConfirmLink } from '../../access.ts';
import { useLinkAnswer } from '../../conduct/use-link-answer.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { type Shortcut, useShortcuts } from '../../shortcuts.ts';
import { Objections } from './objections.tsx';
import { Question } from './question.tsx';

const ROUTE = 'POST /api/shops/:shop/customers/:id/links';
export type LinkWish = 'confirm' | 'split' | 'later';

const keyOf = ({ one, other }: LinkQuestion): string => `${one.id} ${other.id}`;

/** Is this the same person? */
export default function LinksPage() {
  const { t } = useTranslation('links');
  const shop = useShop();
  const may = shop.may(ROUTE);
  // A measure binds one of the two in every question.
  const mayConfirm = mayConfirmLink(shop.role, 'managing');
  const list = useApiPages('GET /api/shops/:shop/links', { params: { shop: shop.slug }, query: { limit: 20 } });
  const answer = useLinkAnswer();
  /** Put off by whoever is looking, until they come back. */
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const headings = useRef<(HTMLHeadingElement | null)[]>([]);

  const questions = useMemo(
    () => [...list.rows].sort((a, b) => Number(later.has(keyOf(a))) - Number(later.has(keyOf(b)))),
    [list.rows, later],
  );
  const place = Math.min(at, Math.max(0, questions.length - 1));
  const goTo = (next: number) => {
    const to = Math.max(0, Math.min(questions.length - 1, next));
    setAt(to);
    headings.current[to]?.focus();
  };
  const act = (question: LinkQuestion | undefined, wish: LinkWish) => {
    if (question === undefined || answer.isPending) return;
    if (wish === 'later') setLater(new Set([...later, keyOf(question)]));
    else if (may && (wish === 'confirm' ? mayConfirm : mayChangeLink(shop.role, question.change)))
      answer.mutate({
        params: { shop: shop.slug, id: question.one.id },
        body: { other: question.other.id, answer: wish },
      });
  };

  const latest = useRef({ goTo, act, questions, place });
  latest.current = { goTo, act, questions, place };
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const group = t('group');
    const on = (wish: LinkWish) => () => {
      const { act: run, questions: all, place: here } = latest.current;
      run(all[here], wish);
    };
    return [
      { keys: 'j', label: t('key.next'), group, run: () => latest.current.goTo(latest.current.place + 1) },
      { keys: 'k', label: t('key.previous'), group, run: () => latest.current.goTo(latest.current.place - 1) },
      ...(mayConfirm ? [{ keys: 's', label: t('confirm'), group, run: on('confirm') }] : []),
      ...(may
        ? [
            { keys: 'n', label: t('split'), group, run: on('split') },
            { keys: 'l', label: t('later'), group, run: on('later') },
          ]
        : []),
    ];
  }, [t, may, mayConfirm]);
  useShortcuts(shortcuts);

  // After an answer the next question stands in the same place: read it out.
  const shown = questions[place] === undefined ? null : keyOf(questions[place]);
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (before.current !== null && shown !== null && before.current !== shown) headings.current[place]?.focus();
    before.current = shown;
  }, [shown, place]);

  const waiting = list.first?.waiting;
  return (
    <Page>
      <PageHeader
        title={t('title')}
        answer={waiting === undefined || waiting === 0 ? t('answerNone') : t('answer', { count: waiting })}
      />
      <Objections />
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Loading label={t('loading')}>
          <Skeleton className="h-72 w-full" />
        </Loading>
      ) : questions.length === 0 ? (
        <EmptyState
          icon="link"
          title={t('empty.title')}
          action={
            <ButtonLink to="/shops/$shop/customers" params={{ shop: shop.slug }}>
              {t('empty.toCustomers')}
            </ButtonLink>
          }
        >
          {t('empty.hint')}
        </EmptyState>
      ) : (
        <>
          <ol className="flex flex-col gap-4">
            {questions.map((question, index) => (
              <li key={keyOf(question)}>
                <Question
                  shop={shop.slug}
                  question={question}
                  current={index === place}
                  heading={(element) => {
                    headings.current[index] = element;
                  }}
                  onCurrent={() => setAt(index)}
                  pending={answer.isPending && index === place}
                  mayConfirm={mayConfirm}
                  mayChange={mayChangeLink(shop.role, question.change)}
                  onAnswer={may ? (wish) => act(question, wish) : null}
                />
              </li>
            ))}
          </ol>
          <More hasMore={list.more !== undefined} onMore={() => list.more?.()} loading={list.isFetchingNextPage} />
          {may && <p className="text-xs text-muted max-md:hidden">{t(mayConfirm ? 'keysHint' : 'keysHintSplit')}</p>}
        </>
      )}
    </Page>
  );
}
