import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../../contracts/customers.ts';
import { Field, Note, RadioGroup, Textarea } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { mayCorrectAs } from '../../access.ts';
import { presentEvent } from '../../conduct/events/registry.ts';
import { useTools } from '../../conduct/use-tools.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';

type As = 'shop_fault' | 'void' | 'counts';

interface CorrectDialogProps {
  shop: string;
  id: string;
  name: string;
  entry: TimelineEntry;
  onClose: () => void;
}

/** Says how an event is to count from now on, and how one knows. */
export function CorrectDialog({ shop, id, name, entry, onClose }: CorrectDialogProps) {
  const { t } = useTranslation('customer');
  const tools = useTools();
  const { role } = useShop();
  const possible: readonly As[] =
    entry.corrected === null || entry.corrected === 'counts'
      ? ['shop_fault', 'void']
      : ['counts', entry.corrected === 'void' ? 'shop_fault' : 'void'];
  // Coming back under another name is nothing a shop does by mistake: it was so or it was not.
  const isEvasion = entry.kind === 'evasion.found';
  const choices = possible.filter((each) => mayCorrectAs(role, each) && !(isEvasion && each === 'shop_fault'));
  const [as, setAs] = useState<As>(choices[0] ?? 'void');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = reason.trim().length < 3;
  const correct = useAction('POST /api/shops/:shop/customers/:id/corrections', {
    touches: [
      'GET /api/shops/:shop/customers/:id',
      'GET /api/shops/:shop/customers/:id/timeline',
      'POST /api/shops/:shop/customers/search',
      'GET /api/shops/:shop/review',
      'GET /api/shops/:shop/review/:id',
      'GET /api/shops/:shop/home',
    ],
    follows: true,
    says: () => t('correcting.done'),
  });
  const submit = () => {
    setTried(true);
    if (wrong) return;
    correct.mutate(
      { params: { shop, id }, body: { event: entry.id, as, reason: reason.trim() } },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('correcting.title')}
      description={t('correcting.description', {
        what: presentEvent(entry, tools).title,
        date: isolate(tools.formats.date(entry.occurredAt)),
      })}
      cancel={t('cancel')}
      submit={t('correcting.submit')}
      pending={correct.isPending}
      noValidate
      onSubmit={submit}
    >
      <RadioGroup
        label={t('correcting.as')}
        value={as}
        onChange={setAs}
        options={choices.map((value) => ({
          value,
          label: t(`correcting.${value}`),
          hint: t(`correcting.${value}Hint`),
        }))}
      />
      <Field
        label={t('correcting.reason')}
        hint={t('correcting.reasonHint')}
        error={tried && wrong ? t('correcting.reasonMissing') : undefined}
      >
        <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Note>{t('correcting.happens', { name })}</Note>
    </FormDialog>
  );
}
