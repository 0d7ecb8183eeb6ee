import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail, AppealPreview } from '../../../../contracts/appeals.ts';
import { Field, Loading, Note, RadioGroup, Skeleton, Textarea, toast, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { ApiError } from '../../api.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction, useApi } from '../../query.ts';
import { TOUCHED } from './touched.ts';
import type { Outcome } from './use-outcome.ts';

const OUTCOMES = ['upheld', 'partly_upheld', 'rejected'] as const;
type Decision = (typeof OUTCOMES)[number];
const SHORTEST = 20;
/** Refusals after which there is nothing left to send from here. */
const LOST = new Set(['already-decided', 'changed-meanwhile']);

/** A decision says what happens: not that the customer is right and nothing changes, nor that they are wrong and the measure falls. */
function fits(chosen: Decision, amounts: Decision, corrections: number): boolean {
  return chosen === 'partly_upheld' ? amounts !== 'rejected' || corrections > 0 : chosen === amounts;
}

interface DecideDialogProps {
  shop: string;
  detail: AppealDetail;
  outcome: Outcome;
  preview: AppealPreview;
  /** The reasons as far as they are written: kept by the page, so that closing the dialog loses nothing. */
  reason: string;
  onReason: (reason: string) => void;
  onClose: () => void;
}

/** The decision: what the marks amount to, the reasons the customer will read, and all that follows, said before it is done. */
export function DecideDialog({ shop, detail, outcome, preview, reason, onReason, onClose }: DecideDialogProps) {
  const { t } = useTranslation(['appeals', 'events']);
  const { t: words } = useTranslation('events');
  const formats = useFormats();
  const [picked, setPicked] = useState<Decision | null>(null);
  const chosen = picked ?? preview.suggests;
  const [tried, setTried] = useState(false);
  const name = personInSentence(detail.customer, words);
  const missing = SHORTEST - reason.trim().length;
  const application = detail.type === 'application';
  const amiss = !outcome.behind && !fits(chosen, preview.suggests, outcome.corrections.length);
  const decide = useAction('POST /api/shops/:shop/appeals/:id/decide', {
    touches: TOUCHED,
    follows: true,
    says: (_, { body }) => t(`decide.done.${body.outcome}`, { name }),
    quietErrors: true,
  });
  const submit = () => {
    setTried(true);
    if (missing > 0 || amiss || outcome.behind) return;
    decide.mutate(
      {
        params: { shop, id: detail.id },
        body: {
          outcome: chosen,
          corrections: outcome.corrections,
          lift: outcome.lift,
          reason: reason.trim(),
          seen: detail.seen,
        },
      },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (!(error instanceof ApiError) || !LOST.has(error.why ?? '')) return;
          onClose();
          toast({
            title: error.why === 'changed-meanwhile' ? t('race.changed') : t('race.decided'),
            detail: error.message,
            meaning: 'failed',
          });
        },
      },
    );
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t(application ? 'decide.titleApplication' : 'decide.title', { name })}
      description={t('decide.description', { name })}
      cancel={t('decide.cancel')}
      submit={t(application ? `decide.confirmApplication.${chosen}` : `decide.confirm.${chosen}`)}
      pending={decide.isPending}
      error={decide.error?.message}
      noValidate
      onSubmit={submit}
    >
      <RadioGroup
        label={t('decide.outcome')}
        value={chosen}
        onChange={(next) => {
          setPicked(next);
          // Granting an application is to end the measure: that is what was asked for.
          if (application && outcome.corrections.length === 0) outcome.onLift(next === 'upheld');
        }}
        options={OUTCOMES.map((value) => ({ value, label: t(`decide.${value}`), hint: t(`decide.${value}Hint`) }))}
      />
      {amiss && (
        <div role="alert">
          <Note meaning="watch">{t(`decide.amounts.${preview.suggests}`)}</Note>
        </div>
      )}
      <Field
        label={t('decide.reason', { name })}
        hint={t('decide.reasonHint', { language: isolate(formats.language(detail.language)) })}
        error={tried && missing > 0 ? t('decide.reasonMissing') : undefined}
      >
        <Textarea
          rows={5}
          dir="auto"
          maxLength={4000}
          value={reason}
          onChange={(event) => onReason(event.target.value)}
        />
      </Field>
      <div className="flex flex-col gap-1 text-base">
        <p className="text-sm text-muted">{t('decide.nextTitle')}</p>
        <p className="text-ink">{t(`decide.next.${chosen}`)}</p>
        {chosen !== 'upheld' && <Elsewhere shop={shop} />}
      </div>
      <Note>
        <p className="font-medium">{t('decide.happens')}</p>
        {outcome.behind ? (
          <Loading label={t('then.loading')}>
            <Skeleton className="h-10 w-full" />
          </Loading>
        ) : (
          <Happens preview={preview} name={name} facts={outcome.corrections.length} />
        )}
      </Note>
    </FormDialog>
  );
}

/** The bodies that the law of the shop names, to which the customer is pointed. */
function Elsewhere({ shop }: { shop: string }) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  const law = useApi('GET /api/shops/:shop/law', { params: { shop } });
  const names = [...new Set(law.data?.places.flatMap((place) => place.bodies.map((body) => body.name)))];
  if (names.length === 0) return null;
  return <p className="text-muted">{t('decide.bodies', { bodies: formats.list(names.map(isolate)) })}</p>;
}

/** Every measure and what becomes of it, in full sentences. */
function Happens({ preview, name, facts }: { preview: AppealPreview; name: string; facts: number }) {
  const { t } = useTranslation(['appeals', 'events']);
  const formats = useFormats();
  // A measure that has ended and is left as it was "stands until" a day in the past.
  const consequences = preview.consequences.filter(
    ({ measure, result }) => result !== 'stands' || measure.state === 'active' || measure.state === 'suspended',
  );
  return (
    <ul className="flex list-disc flex-col gap-0.5 ps-5">
      {consequences.length === 0 && <li>{t('decide.nothing')}</li>}
      {consequences.map(({ measure, result, until }) => {
        const values = {
          name,
          what: t(`events:measureType.${measure.type}`),
          date: isolate(formats.date(until ?? measure.until)),
        };
        return (
          <li key={measure.id}>
            {result === 'reduced' && until !== null
              ? t('decide.one.reducedUntil', values)
              : t(`decide.one.${result}`, values)}
          </li>
        );
      })}
      {facts > 0 && <li>{t('decide.facts', { count: facts })}</li>}
    </ul>
  );
}
