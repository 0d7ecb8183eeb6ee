import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureView } from '../../../contracts/customers.ts';
import { Button, Dialog, Field, Note, OverlayBody, Textarea, useFormats } from '../../ui/index.ts';
import { isolate } from '../../ui/isolate.ts';
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
  const form = useId();
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
      'GET /api/shops/:shop/home',
    ],
    says: () => t('lifting.done', { name }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong) return;
    lift.mutate({ params: { shop, id: measure.id }, body: { reason: reason.trim() } }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('lifting.title')}
      description={t('lifting.description', {
        what: words(`measureType.${measure.type}`),
        name,
        date: isolate(formats.date(measure.until)),
      })}
      footer={
        <>
          <Button onClick={onClose}>{t('lifting.cancel')}</Button>
          <Button type="submit" form={form} look="primary" pending={lift.isPending}>
            {t('lifting.submit')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <OverlayBody>
          <Note>{t('lifting.happens', { name })}</Note>
          <Field
            label={t('lifting.reason')}
            hint={t('lifting.reasonHint')}
            error={tried && wrong ? t('lifting.reasonMissing') : undefined}
          >
            <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </OverlayBody>
      </form>
    </Dialog>
  );
}
