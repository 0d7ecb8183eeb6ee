import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import type { BodyOf } from '../../../../contracts/routes.ts';
import { Field, Input, Note, RadioGroup, Textarea, useNow } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { dayAhead, endOfDay } from '../../conduct/day.ts';
import { effectSentence, obligationText, surfaceList } from '../../conduct/effect.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { useTools } from '../../conduct/use-tools.ts';
import { FormDialog } from '../../form-dialog.tsx';

type Body = BodyOf<'POST /api/shops/:shop/review/:id/soften'>;

interface SoftenDialogProps {
  detail: ProposalDetail;
  onClose: () => void;
  onSoften: (body: Body) => void;
}

/** Offers the milder steps of the ladder, each in plain words, and an earlier end. */
export function SoftenDialog({ detail, onClose, onSoften }: SoftenDialogProps) {
  const { t } = useTranslation(['review', 'events']);
  const { t: words } = useTranslation('events');
  const tools = useTools();
  const now = useNow();
  const choices = milder(detail);
  const [chosen, setChosen] = useState('0');
  const choice = choices[Number(chosen)] ?? choices[0];
  const [day, setDay] = useState(choice ? tools.formats.dayKey(choice.until) : '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const name = personInSentence(detail.customer, words);
  if (!choice) return null;

  const earliest = dayAhead(1, now, tools.formats);
  const latest = tools.formats.dayKey(detail.effect.until);
  // The last day the policy proposes ends when the policy says, not at midnight after it.
  const until = day === latest ? detail.effect.until : endOfDay(day, tools.formats.timeZone);
  const dayWrong = until === null || day < earliest || day > latest;
  const reasonWrong = reason.trim().length < 3;
  const submit = () => {
    setTried(true);
    if (dayWrong || reasonWrong || until === null) return;
    onSoften({
      seen: detail.seen,
      type: choice.type,
      obligations: choice.obligations.map((obligation) => obligation.name),
      surfaces: choice.surfaces,
      until,
      reason: reason.trim(),
    });
  };
  const lastDate = isolate(tools.formats.date(detail.effect.until));

  return (
    <FormDialog
      onClose={onClose}
      title={t('soften.title')}
      description={t('soften.description', { name })}
      cancel={t('block.cancel')}
      submit={t('soften.submit')}
      noValidate
      onSubmit={submit}
    >
      <RadioGroup
        label={t('soften.which')}
        value={chosen}
        onChange={(next) => {
          setChosen(next);
          const until = choices[Number(next)]?.until;
          if (until) setDay(tools.formats.dayKey(until));
        }}
        options={choices.map((each, index) => ({
          value: String(index),
          label:
            each === detail.effect
              ? t('soften.shorter', { what: t(`events:measureType.${each.type}`) })
              : t(`events:measureType.${each.type}`),
          hint: [
            ...each.obligations.map((obligation) => obligationText(obligation, tools)),
            ...(each.surfaces.length > 0 ? [surfaceList(each.surfaces, tools)] : []),
          ].join(' · '),
        }))}
      />
      <Field
        label={t('soften.until')}
        hint={t('soften.untilHint', { date: lastDate })}
        error={tried && dayWrong ? t('soften.untilMissing', { date: lastDate }) : undefined}
      >
        <Input type="date" min={earliest} max={latest} value={day} onChange={(event) => setDay(event.target.value)} />
      </Field>
      <Field
        label={t('soften.reason')}
        hint={t('soften.reasonHint')}
        error={tried && reasonWrong ? t('soften.reasonMissing') : undefined}
      >
        <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {!dayWrong && until !== null && (
        <Note>{t('soften.willHappen', { sentence: effectSentence({ ...choice, until }, name, tools) })}</Note>
      )}
    </FormDialog>
  );
}

type Milder = ProposalDetail['softer'][number] & { type: Exclude<ProposalDetail['effect']['type'], 'watch'> };

/** What may be chosen instead: the milder steps, and what was proposed but for a shorter time. Watching is not a measure. */
function milder(detail: ProposalDetail): Milder[] {
  return [...detail.softer, detail.effect].filter((each): each is Milder => each.type !== 'watch');
}
