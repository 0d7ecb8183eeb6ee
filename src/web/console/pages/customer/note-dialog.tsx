import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Dialog, Field, OverlayBody, Textarea } from '../../../ui/index.ts';
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
  const form = useId();
  const [text, setText] = useState('');
  const [pinned, setPinned] = useState(false);
  const [tried, setTried] = useState(false);
  const missing = text.trim() === '';
  const note = useAction('POST /api/shops/:shop/customers/:id/notes', {
    touches: ['GET /api/shops/:shop/customers/:id', 'GET /api/shops/:shop/customers/:id/timeline'],
    says: () => t('noting.done'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!missing) note.mutate({ params: { shop, id }, body: { text: text.trim(), pinned } }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('noting.title')}
      description={t('noting.description', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} look="primary" pending={note.isPending}>
            {t('noting.submit')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <OverlayBody>
          <Field label={t('noting.text')} error={tried && missing ? t('noting.missing') : undefined}>
            <Textarea rows={5} maxLength={5000} value={text} onChange={(event) => setText(event.target.value)} />
          </Field>
          <Checkbox
            label={t('noting.pinned')}
            hint={t('noting.pinnedHint')}
            checked={pinned}
            onChange={(event) => setPinned(event.target.checked)}
          />
        </OverlayBody>
      </form>
    </Dialog>
  );
}
