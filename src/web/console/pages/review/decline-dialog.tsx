import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, Textarea } from '../../../ui/index.ts';
import { FormDialog } from '../../form-dialog.tsx';

interface DeclineDialogProps {
  name: string;
  onClose: () => void;
  onDecline: (reason: string) => void;
}

/** Asks why nothing should happen. */
export function DeclineDialog({ name, onClose, onDecline }: DeclineDialogProps) {
  const { t } = useTranslation('review');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = reason.trim().length < 3;
  const submit = () => {
    setTried(true);
    if (!wrong) onDecline(reason.trim());
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('decline.title')}
      description={t('decline.description', { name })}
      cancel={t('block.cancel')}
      submit={t('decline.submit')}
      noValidate
      onSubmit={submit}
    >
      <Field
        label={t('decline.reason')}
        hint={t('decline.reasonHint')}
        error={tried && wrong ? t('decline.reasonMissing') : undefined}
      >
        <Textarea autoFocus maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
