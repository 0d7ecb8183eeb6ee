import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, Input, Textarea, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { fieldError, otherError } from '../../api.ts';
import { endOfDay } from '../../conduct/day.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { type Entry, TOUCHES } from './types.ts';

interface ExtendDialogProps {
  entry: Entry;
  onClose: () => void;
  onExtended: (entry: Entry) => void;
}

/** Gives an entry a new end, with the reason why it is still needed. */
export function ExtendDialog({ entry, onClose, onExtended }: ExtendDialogProps) {
  const { t } = useTranslation('lists');
  const shop = useShop();
  const formats = useFormats();
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const extend = useAction('POST /api/shops/:shop/lists/entries/:id/extend', {
    touches: TOUCHES,
    says: (answer) => t('extend.done', { date: isolate(formats.date(answer.until)) }),
    quietErrors: true,
  });
  const submit = () =>
    extend.mutate(
      { params: { shop: shop.slug, id: entry.id }, body: { until: endOfDay(until, shop.timeZone) ?? until, reason } },
      {
        onSuccess: (answer) => {
          onExtended(answer);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      onClose={onClose}
      title={t('extend.title')}
      description={t('extend.description')}
      cancel={t('extend.cancel')}
      submit={t('extend.submit')}
      pending={extend.isPending}
      error={otherError(extend.error)?.message}
      onSubmit={submit}
    >
      <Field label={t('extend.until')} hint={t('add.untilHint')} error={fieldError(extend.error, 'until')}>
        <Input type="date" required value={until} onChange={(event) => setUntil(event.target.value)} />
      </Field>
      <Field label={t('extend.reason')} hint={t('add.reasonHint')} error={fieldError(extend.error, 'reason')}>
        <Textarea
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
