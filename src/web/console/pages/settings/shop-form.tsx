import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, CopyableId, ErrorState, Field, Input, Note, Skeleton, Switch, toast } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { queryClient, useAction, useApi } from '../../query.ts';
import { sessionQuery, useShop } from '../../session.tsx';
import { ShopFields } from '../welcome/shop-fields.tsx';

type Settings = ResponseOf<'GET /api/shops/:shop/settings'>;

/** The shop's own settings; read-only for everybody but an owner. */
export function ShopForm() {
  const shop = useShop();
  const settings = useApi('GET /api/shops/:shop/settings', { params: { shop: shop.slug } });
  if (settings.error) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  if (!settings.data) return <Skeleton className="h-120 w-full" />;
  return <Form key={shop.slug} settings={settings.data} />;
}

function Form({ settings }: { settings: Settings }) {
  const { t } = useTranslation(['settings', 'common', 'welcome']);
  const shop = useShop();
  const [value, setValue] = useState(settings);
  const may = shop.may('PATCH /api/shops/:shop/settings');
  const save = useAction('PATCH /api/shops/:shop/settings', {
    touches: ['GET /api/shops/:shop/settings', 'GET /api/shops/:shop/law'],
    quietErrors: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { slug, currency, ...changes } = value;
    save.mutate(
      { params: { shop: slug }, body: { ...changes, supportEmail: changes.supportEmail || null } },
      {
        onSuccess: () => {
          toast({ title: t('common:saved') });
          void queryClient.invalidateQueries(sessionQuery);
        },
      },
    );
  };
  const elsewhere = otherError(save.error);
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      {!may && <Note>{t('mayNot')}</Note>}
      {elsewhere && (
        <div role="alert">
          <Note meaning="block">{elsewhere.message}</Note>
        </div>
      )}
      <fieldset disabled={!may} className="flex max-w-lg flex-col gap-5">
        <Field label={t('shop.name')} error={fieldError(save.error, 'name')}>
          <Input
            required
            maxLength={120}
            value={value.name}
            onChange={(event) => setValue({ ...value, name: event.target.value })}
          />
        </Field>
        <dl className="grid grid-cols-2 gap-4 text-sm">
          <div>
            <dt className="font-medium">{t('shop.slug')}</dt>
            <dd>
              <CopyableId value={value.slug} label={t('shop.slug')} className="-ms-1" />
            </dd>
            <dd className="text-muted">{t('shop.slugHint')}</dd>
          </div>
          <div>
            <dt className="font-medium">{t('shop.currency')}</dt>
            <dd className="py-0.5">{value.currency}</dd>
            <dd className="text-muted">{t('shop.currencyHint')}</dd>
          </div>
        </dl>
        <ShopFields
          value={value}
          onChange={(places) => setValue({ ...value, ...places })}
          errorOf={(field) => fieldError(save.error, field)}
          disabled={!may}
        />
        <Field
          label={t('shop.support')}
          hint={t('shop.supportHint')}
          optional
          error={fieldError(save.error, 'supportEmail')}
        >
          <Input
            type="email"
            value={value.supportEmail ?? ''}
            onChange={(event) => setValue({ ...value, supportEmail: event.target.value })}
          />
        </Field>
        <Switch
          label={t('shop.second')}
          hint={t('shop.secondHint')}
          checked={value.secondApprovalForBlocks}
          onChange={(next) => setValue({ ...value, secondApprovalForBlocks: next })}
          disabled={!may}
        />
        <Switch
          label={t('shop.platform')}
          hint={t('shop.platformHint')}
          checked={value.onlinePlatform}
          onChange={(next) => setValue({ ...value, onlinePlatform: next })}
          disabled={!may}
        />
        <Switch
          label={t('shop.withdrawal')}
          hint={t('shop.withdrawalHint')}
          checked={value.withdrawalWithoutSignIn}
          onChange={(next) => setValue({ ...value, withdrawalWithoutSignIn: next })}
          disabled={!may}
        />
      </fieldset>
      {may && (
        <div>
          <Button type="submit" look="primary" pending={save.isPending} disabled={value.languages.length === 0}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </form>
  );
}
