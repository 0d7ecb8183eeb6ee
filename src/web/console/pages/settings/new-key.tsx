import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, Checkbox, Dialog, Field, IconButton, Input, OverlayBody, OverlayClose } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { scopeKey } from './scope-key.ts';

type Scope = ResponseOf<'GET /api/shops/:shop/keys'>['items'][number]['scopes'][number];
const SCOPES: readonly Scope[] = ['events:write', 'decisions:write', 'customers:read', 'mail:write'];
const FIRST: readonly Scope[] = ['events:write', 'decisions:write'];

interface NewKeyProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a key, and shows it the one time it can be seen. */
export function NewKey({ open, onOpenChange }: NewKeyProps) {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(FIRST);
  const make = useAction('POST /api/shops/:shop/keys', { touches: ['GET /api/shops/:shop/keys'], quietErrors: true });
  const submit = () => {
    if (scopes.length > 0) make.mutate({ params: { shop: shop.slug }, body: { name, scopes: [...scopes] } });
  };
  const change = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setName('');
    setScopes(FIRST);
    make.reset();
  };
  if (make.data) return <MadeKey open={open} onOpenChange={change} secret={make.data.key} />;
  return (
    <FormDialog
      open={open}
      onClose={() => change(false)}
      title={t('keys.add')}
      description={t('keys.addAnswer')}
      cancel={t('common:cancel')}
      submit={t('keys.add')}
      pending={make.isPending}
      disabled={scopes.length === 0}
      error={otherError(make.error)?.message}
      onSubmit={submit}
    >
      <Field label={t('keys.name')} hint={t('keys.nameHint')} error={fieldError(make.error, 'name')}>
        <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">{t('keys.scopes')}</legend>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            label={t(`keys.scope.${scopeKey(scope)}`)}
            checked={scopes.includes(scope)}
            onChange={(event) =>
              setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))
            }
          />
        ))}
        {scopes.length === 0 && <p className="text-sm text-block">{t('keys.needScope')}</p>}
      </fieldset>
    </FormDialog>
  );
}

function MadeKey({ open, onOpenChange, secret }: NewKeyProps & { secret: string }) {
  const { t } = useTranslation(['settings', 'ui']);
  const [copied, setCopied] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('keys.made')}
      description={t('keys.madeAnswer')}
      footer={
        <OverlayClose>
          <Button look="primary">{t('keys.done')}</Button>
        </OverlayClose>
      }
    >
      <OverlayBody>
        <Field label={t('keys.key')}>
          <div className="flex gap-2">
            <Input
              readOnly
              dir="ltr"
              value={secret}
              onFocus={(event) => event.target.select()}
              className="font-mono text-sm"
            />
            <IconButton
              look="secondary"
              icon={copied ? 'check' : 'copy'}
              label={copied ? t('ui:copied') : t('ui:copyThe', { label: t('keys.key'), value: '' })}
              onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}
            />
          </div>
        </Field>
      </OverlayBody>
    </Dialog>
  );
}
