import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import type { BodyOf } from '../../../../contracts/routes.ts';
import { Field, Input, Note, RadioGroup, Textarea, useNow } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { dayAhead, endOfDay } from '../../conduct/day.ts';
import { effectSentence, obligationText, surfaceList } from '../../conduct/effect.ts';
import { NoticePreview } from '../../conduct/notice/notice-preview.tsx';
import { useNotice } from '../../conduct/notice/use-notice.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { useTools } from '../../conduct/use-tools.ts';
import { FormDialog } from '../../form-dialog.tsx';

type Body = BodyOf<'POST /api/shops/:shop/review/:id/soften'>;

interface SoftenDialogProps {
  shop: string;
  detail: ProposalDetail;
  onClose: () => void;
  onSoften: (body: Body) => void;
}

/** Offers the milder steps of the ladder, each in plain words, and an earlier end. */
export function SoftenDialog({ shop, detail, onClose, onSoften }: SoftenDialogProps) {
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
  const earliest = dayAhead(1, now, tools.formats);
  const latest = tools.formats.dayKey(detail.effect.until);
  // The last day the policy proposes ends when the policy says, not at midnight after it.
  const until = day === latest ? detail.effect.until : endOfDay(day, tools.formats.timeZone);
  const dayWrong = until === null || day < earliest || day > latest;
  const notice = useNotice('POST /api/shops/:shop/review/:id/notice', {
    shop,
    id: detail.id,
    enabled: choice !== undefined && !dayWrong,
    ...(choice && until !== null && { effect: { ...bare(choice), until } }),
  });
  if (!choice) return null;
  const reasonWrong = reason.trim().length < 3;
  const submit = () => {
    setTried(true);
    if (dayWrong || reasonWrong || until === null || notice.refused) return;
    onSoften({ seen: detail.seen, ...bare(choice), until, reason: reason.trim(), ...notice.said });
  };
  const lastDate = isolate(tools.formats.date(detail.effect.until));

  return (
    <FormDialog
      onClose={onClose}
      title={t('soften.title')}
      description={t('soften.description', { name })}
      cancel={t('block.cancel')}
      submit={t('soften.submit')}
      disabled={notice.refused}
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
      {!dayWrong && (
        <NoticePreview
          shop={shop}
          title={t('reads', { name })}
          draft={notice}
          mayWrite
          block={choice.type === 'block'}
        />
      )}
    </FormDialog>
  );
}

type Milder = ProposalDetail['softer'][number] & { type: Exclude<ProposalDetail['effect']['type'], 'watch'> };

/** A step as the API takes it: demands by their names. */
const bare = ({ type, obligations, surfaces }: Milder) => ({
  type,
  obligations: obligations.map((obligation) => obligation.name),
  surfaces,
});

/** What may be chosen instead: the milder steps, and what was proposed but for a shorter time. Watching is not a measure. */
function milder(detail: ProposalDetail): Milder[] {
  return [...detail.softer, detail.effect].filter((each): each is Milder => each.type !== 'watch');
}
