import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, Field, Input, Note, RadioGroup, Select, Textarea, toast, useFormats } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { endOfDay } from '../../conduct/day.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useSettled } from '../../use-settled.ts';
import { type Line, ReadLines } from './read-lines.tsx';
import { ANSWERS, type Answer, LISTS, TOUCHES, TYPES } from './types.ts';

const BLANK = {
  list: 'deny' as (typeof LISTS)[number],
  text: '',
  type: '',
  reason: '',
  until: '',
  answer: '',
  meant: false,
};

/** Kinds that several people may share: whoever stops one is told whom it could hit. */
const CROWDS = ['phone', 'name_address', 'email_domain', 'ip'] as const;

/** Puts pasted lines on a list, after showing how each was read and whom it may hit. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('lists');
  const shop = useShop();
  const formats = useFormats();
  const [form, setForm] = useState(BLANK);
  const type = TYPES.find((each) => each === form.type) ?? null;
  const answer: Answer | undefined = ANSWERS.find((each) => each === form.answer);
  const text = useSettled(form.text, 400);
  const read = useApi(
    'POST /api/shops/:shop/lists/entries/preview',
    { params: { shop: shop.slug }, body: { text, type, list: form.list, meant: form.meant } },
    { enabled: text.trim() !== '', keep: true },
  );
  const lines = text.trim() === '' ? [] : (read.data?.lines ?? []);
  const ready = lines.filter(isReady);
  const add = useAction('POST /api/shops/:shop/lists/entries', { touches: TOUCHES, quietErrors: true });
  const submit = () => {
    const { list, reason, until, meant } = form;
    const entries = ready.map((line) => ({
      list,
      type: line.type,
      value: line.text,
      reason,
      meant,
      ...(until !== '' && { until: endOfDay(until, shop.timeZone) ?? until }),
      ...(list === 'deny' && answer && { answer }),
    }));
    add.mutate(
      { params: { shop: shop.slug }, body: { entries } },
      {
        onSuccess: ({ results }) => {
          const refused = results.filter((each) => each.error !== null);
          const done = results.length - refused.length;
          if (done > 0) toast({ title: t('add.done', { count: done, number: formats.count(done) }) });
          const why = refused[0]?.error?.message;
          if (why === undefined) onClose();
          else
            toast({
              title: t('add.notAll', { count: refused.length, number: formats.count(refused.length), why }),
              meaning: 'failed',
            });
        },
      },
    );
  };
  const crowds = CROWDS.filter((each) => form.list === 'deny' && lines.some((line) => line.type === each));
  const needsWord = lines.some((line) => line.refusal?.unlessMeant) || answer !== undefined;
  return (
    <FormDialog
      onClose={onClose}
      title={t('add.title')}
      description={t('add.description')}
      cancel={t('add.cancel')}
      submit={
        ready.length === 0
          ? t('add.submitNone')
          : t('add.submit', { count: ready.length, number: formats.count(ready.length) })
      }
      pending={add.isPending}
      disabled={ready.length === 0 || text !== form.text}
      error={otherError(add.error)?.message}
      onSubmit={submit}
    >
      <RadioGroup
        label={t('add.which')}
        value={form.list}
        onChange={(list) => setForm({ ...form, list })}
        options={LISTS.map((each) => ({ value: each, label: t(`add.${each}`), hint: t(`add.${each}Hint`) }))}
      />
      <Field label={t('add.lines')} hint={t('add.linesHint')} error={fieldError(add.error, 'entries')}>
        <Textarea
          required
          rows={4}
          maxLength={100_000}
          autoComplete="off"
          spellCheck={false}
          value={form.text}
          onChange={(event) => setForm({ ...form, text: event.target.value })}
        />
      </Field>
      <Field label={t('add.kind')}>
        <Select value={form.type} onChange={(event) => setForm({ ...form, type: event.target.value })}>
          <option value="">{t('add.guess')}</option>
          {TYPES.map((each) => (
            <option key={each} value={each}>
              {t(`type.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      {lines.length > 0 && read.data && <ReadLines read={read.data} asDeny={form.list === 'deny'} />}
      {read.error && <Note meaning="block">{read.error.message}</Note>}
      {form.list === 'deny' && (
        <Field label={t('add.answer')}>
          <Select value={form.answer} onChange={(event) => setForm({ ...form, answer: event.target.value })}>
            <option value="">{t('add.usual')}</option>
            {ANSWERS.map((each) => (
              <option key={each} value={each}>
                {t(`does.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {crowds.length > 0 && (
        <Note meaning="watch">
          {crowds.map((each) => (
            <span key={each} className="block">
              {t(`add.couldHit.${each}`)}
            </span>
          ))}
        </Note>
      )}
      {needsWord && (
        <Checkbox
          label={t('add.meant')}
          checked={form.meant}
          onChange={(event) => setForm({ ...form, meant: event.target.checked })}
        />
      )}
      <Field label={t('add.reason')} hint={t('add.reasonHint')} error={fieldError(add.error, 'reason')}>
        <Textarea
          required
          minLength={3}
          maxLength={500}
          rows={2}
          value={form.reason}
          onChange={(event) => setForm({ ...form, reason: event.target.value })}
        />
      </Field>
      <Field label={t('add.until')} hint={t('add.untilHint')} optional error={fieldError(add.error, 'until')}>
        <Input type="date" value={form.until} onChange={(event) => setForm({ ...form, until: event.target.value })} />
      </Field>
    </FormDialog>
  );
}

const isReady = (line: Line): line is Line & { type: NonNullable<Line['type']> } =>
  line.type !== null && line.refusal === null;
