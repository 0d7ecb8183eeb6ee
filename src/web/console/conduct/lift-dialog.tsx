import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureView } from '../../../contracts/customers.ts';
import { Field, Note, Textarea, useFormats } from '../../ui/index.ts';
import { isolate } from '../../ui/isolate.ts';
import { FormDialog } from '../form-dialog.tsx';
import { useAction } from '../query.ts';
import { personInSentence } from './person.tsx';

interface LiftDialogProps {
  shop: string;
  measure: MeasureView;
  onClose: () => void;
}

/** Ends a measure before its time, with a reason. */
export function LiftDialog({ shop, measure, onClose }: LiftDialogProps) {
  const { t } = useTranslation(['measures', 'events']);
  const { t: words } = useTranslation('events');
  const formats = useFormats();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const name = personInSentence(measure.customer, words);
  const wrong = reason.trim().length < 3;
  const lift = useAction('POST /api/shops/:shop/measures/:id/lift', {
    touches: [
      'GET /api/shops/:shop/measures',
      'POST /api/shops/:shop/customers/search',
      'GET /api/shops/:shop/customers/:id',
      'GET /api/shops/:shop/customers/:id/timeline',
      'GET /api/shops/:shop/customers/:id/notices',
      'GET /api/shops/:shop/review',
      'GET /api/shops/:shop/home',
    ],
    follows: true,
    says: () => t('lifting.done', { name }),
  });
  const submit = () => {
    setTried(true);
    if (wrong) return;
    lift.mutate({ params: { shop, id: measure.id }, body: { reason: reason.trim() } }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('lifting.title')}
      description={t('lifting.description', {
        what: words(`measureType.${measure.type}`),
        name,
        date: isolate(formats.date(measure.until)),
      })}
      cancel={t('lifting.cancel')}
      submit={t('lifting.submit')}
      pending={lift.isPending}
      noValidate
      onSubmit={submit}
    >
      <Note>
        {t('lifting.happens', { name })} {t('lifting.told', { name })}
      </Note>
      <Field
        label={t('lifting.reason')}
        hint={t('lifting.reasonHint')}
        error={tried && wrong ? t('lifting.reasonMissing') : undefined}
      >
        <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
