import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, Field, Textarea } from '../../../ui/index.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';

interface NoteDialogProps {
  shop: string;
  id: string;
  name: string;
  onClose: () => void;
}

/** A note for colleagues on the customer's timeline. */
export function NoteDialog({ shop, id, name, onClose }: NoteDialogProps) {
  const { t } = useTranslation('customer');
  const [text, setText] = useState('');
  const [pinned, setPinned] = useState(false);
  const [tried, setTried] = useState(false);
  const missing = text.trim() === '';
  const note = useAction('POST /api/shops/:shop/customers/:id/notes', {
    touches: ['GET /api/shops/:shop/customers/:id', 'GET /api/shops/:shop/customers/:id/timeline'],
    says: () => t('noting.done'),
  });
  const submit = () => {
    setTried(true);
    if (!missing) note.mutate({ params: { shop, id }, body: { text: text.trim(), pinned } }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('noting.title')}
      description={t('noting.description', { name })}
      cancel={t('cancel')}
      submit={t('noting.submit')}
      pending={note.isPending}
      noValidate
      onSubmit={submit}
    >
      <Field label={t('noting.text')} error={tried && missing ? t('noting.missing') : undefined}>
        <Textarea rows={5} maxLength={5000} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Checkbox
        label={t('noting.pinned')}
        hint={t('noting.pinnedHint')}
        checked={pinned}
        onChange={(event) => setPinned(event.target.checked)}
      />
    </FormDialog>
  );
}
