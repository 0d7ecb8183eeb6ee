import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Field, Input } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** Where customers reach the portal: links in notices begin with it. */
export function PublicAddress({ address, may }: { address: string | null; may: boolean }) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const [text, setText] = useState(address ?? '');
  const wanted = text.trim();
  const wrong = wanted !== '' && !(/^https?:\/\//.test(wanted) && URL.canParse(wanted));
  const save = useAction('PATCH /api/shops/:shop/settings', {
    touches: ['GET /api/shops/:shop/settings'],
    says: () => t('appeals.saved'),
    quietErrors: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) save.mutate({ params: { shop: shop.slug }, body: { publicUrl: wanted === '' ? null : wanted } });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('look.address')}
        hint={t('look.addressHint')}
        optional
        error={
          wrong ? t('look.addressWrong') : (fieldError(save.error, 'publicUrl') ?? otherError(save.error)?.message)
        }
        className="max-w-lg"
      >
        <Input
          dir="ltr"
          inputMode="url"
          spellCheck={false}
          maxLength={200}
          disabled={!may}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {may && (
        <div>
          <Button type="submit" pending={save.isPending} disabled={wrong}>
            {t('look.addressSave')}
          </Button>
        </div>
      )}
    </form>
  );
}
