import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Objection } from '../../../../contracts/links.ts';
import { Button, Card, ErrorState, Field, Note, Textarea, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { Side } from './question.tsx';

const ROUTE = 'POST /api/shops/:shop/objections/:id';

/** Customers who say that they are not the person somebody here took them for. Nothing where nobody does. */
export function Objections() {
  const { t } = useTranslation('links');
  const shop = useShop();
  const open = useApi('GET /api/shops/:shop/objections', { params: { shop: shop.slug } });
  if (open.error) return <ErrorState error={open.error} onRetry={() => void open.refetch()} />;
  if (open.data === undefined || open.data.items.length === 0) return null;
  return (
    <section className="mb-6 flex flex-col gap-3" aria-labelledby="objections">
      <h2 id="objections" className="text-lg font-semibold text-ink">
        {t('objections.title')}
      </h2>
      <p className="max-w-prose text-sm text-muted">{t('objections.hint')}</p>
      <ol className="flex flex-col gap-4">
        {open.data.items.map((objection) => (
          <li key={objection.id}>
            <OneObjection shop={shop.slug} objection={objection} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OneObjection({ shop, objection }: { shop: string; objection: Objection }) {
  const { t } = useTranslation('links');
  const { t: people } = useTranslation('events');
  const formats = useFormats();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const answer = useAction(ROUTE, {
    touches: [
      'GET /api/shops/:shop/objections',
      'GET /api/shops/:shop/links',
      'GET /api/shops/:shop/customers/:id/links',
      'GET /api/shops/:shop/customers/:id',
      'GET /api/shops/:shop/customers/:id/timeline',
      'GET /api/shops/:shop/home',
    ],
    follows: true,
    says: (_answer, { body }) => t(`objections.done.${body.outcome}`),
  });
  const { one, other, why, text, dueAt, overdue } = objection;
  const missing = reason.trim() === '';
  const send = (outcome: 'upheld' | 'rejected') => {
    setTried(true);
    if (!missing) answer.mutate({ params: { shop, id: objection.id }, body: { outcome, reason: reason.trim() } });
  };
  return (
    <Card className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="text-base font-semibold text-ink">
          {t('objections.question', { one: personInSentence(one, people), other: personInSentence(other, people) })}
        </h3>
        <p className={overdue ? 'text-sm font-medium text-ink' : 'text-sm text-muted'}>
          {t(overdue ? 'objections.overdue' : 'objections.due', { date: isolate(formats.date(dueAt)) })}
        </p>
      </div>
      {text === null ? (
        <p className="text-sm text-muted">{t('objections.unread')}</p>
      ) : (
        <blockquote dir="auto" className="max-w-prose border-s-2 border-line ps-3 whitespace-pre-wrap text-ink">
          {text}
        </blockquote>
      )}
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <Side shop={shop} side={one} />
        <Side shop={shop} side={other} />
      </div>
      {why !== null ? (
        <Note>{t(`objections.may.${why}`)}</Note>
      ) : (
        <div className="flex flex-col gap-3 border-t border-line pt-3">
          <Field
            label={t('objections.reason')}
            hint={t('objections.reasonHint')}
            error={tried && missing ? t('objections.reasonMissing') : undefined}
          >
            <Textarea dir="auto" maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" pending={answer.isPending} onClick={() => send('upheld')}>
              {t('objections.uphold')}
            </Button>
            <Button pending={answer.isPending} onClick={() => send('rejected')}>
              {t('objections.reject')}
            </Button>
          </div>
          <p className="max-w-prose text-xs text-muted">{t('objections.happens')}</p>
        </div>
      )}
    </Card>
  );
}
