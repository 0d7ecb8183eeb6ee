import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Field, OverlayBody, Textarea } from '../../../ui/index.ts';

interface DeclineDialogProps {
  name: string;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

/** Asks why nothing should happen. */
export function DeclineDialog({ name, onClose, onDecline }: DeclineDialogProps) {
  const { t } = useTranslation('review');
  const form = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = reason.trim().length < 3;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong) onDecline(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('decline.title')}
      description={t('decline.description', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('block.cancel')}</Button>
          <Button type="submit" form={form} look="primary">
            {t('decline.submit')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <OverlayBody>
          <Field
            label={t('decline.reason')}
            hint={t('decline.reasonHint')}
            error={tried && wrong ? t('decline.reasonMissing') : undefined}
          >
            <Textarea autoFocus maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </OverlayBody>
      </form>
    </Dialog>
  );
}
