import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Field, Input, Select, Textarea } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';

type Kind = ResponseOf<'GET /api/shops/:shop/allow-list'>['items'][number]['type'];
const KINDS: readonly Kind[] = ['email', 'phone', 'external'];
const NOBODY = { type: 'email' as Kind, value: '', reason: '', until: '' };

/** The end of a day as the date field gives it, as an instant. */
const endOf = (day: string) => new Date(`${day}T23:59:59Z`).toISOString();

export function NewAllowed({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const [entry, setEntry] = useState(NOBODY);
  const add = useAction('POST /api/shops/:shop/allow-list', {
    touches: ['GET /api/shops/:shop/allow-list'],
    says: () => t('allow.added'),
    quietErrors: true,
  });
  const submit = () => {
    const { until, ...rest } = entry;
    add.mutate(
      { params: { shop: shop.slug }, body: { ...rest, ...(until && { until: endOf(until) }) } },
      {
        onSuccess: () => {
          setEntry(NOBODY);
          onOpenChange(false);
        },
      },
    );
  };
  return (
    <FormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={t('allow.add')}
      description={t('allow.addAnswer')}
      cancel={t('common:cancel')}
      submit={t('allow.add')}
      pending={add.isPending}
      error={otherError(add.error)?.message}
      onSubmit={submit}
    >
      <div className="grid grid-cols-[10rem_minmax(0,1fr)] gap-3 max-sm:grid-cols-1">
        <Field label={t('allow.typeLabel')} error={fieldError(add.error, 'type')}>
          <Select
            value={entry.type}
            onChange={(event) =>
              setEntry({ ...entry, type: KINDS.find((kind) => kind === event.target.value) ?? 'email' })
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`allow.type.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('allow.value')} error={fieldError(add.error, 'value')}>
          <Input
            type={entry.type === 'email' ? 'email' : entry.type === 'phone' ? 'tel' : 'text'}
            required
            maxLength={254}
            value={entry.value}
            onChange={(event) => setEntry({ ...entry, value: event.target.value })}
          />
        </Field>
      </div>
      <Field label={t('allow.reason')} hint={t('allow.reasonHint')} error={fieldError(add.error, 'reason')}>
        <Textarea
          required
          minLength={3}
          maxLength={500}
          value={entry.reason}
          onChange={(event) => setEntry({ ...entry, reason: event.target.value })}
        />
      </Field>
      <Field label={t('allow.until')} hint={t('allow.untilHint')} optional error={fieldError(add.error, 'until')}>
        <Input
          type="date"
          value={entry.until}
          onChange={(event) => setEntry({ ...entry, until: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
