import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Section, toast } from '../../../ui/index.ts';
import { otherError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { CredentialFields, type Credentials, filledIn } from './credential-fields.tsx';
import { usePlatformNames } from './names.ts';
import { SignInLink } from './sign-in-link.tsx';
import type { Connection, Made, Platform, PlatformName } from './types.ts';
import { fieldsLater } from './ways.ts';

const VIEW = { again: '' };

interface ConnectAgainProps {
  connection: Connection;
  onMade: (made: Made, platform: PlatformName) => void;
}

/** New credentials for the same connection: nothing else about it changes. */
export function ConnectAgain({ connection, onMade }: ConnectAgainProps) {
  const { t } = useTranslation('connections');
  const names = usePlatformNames(connection.platform);
  const platforms = useApi('GET /api/platforms', {});
  const known = platforms.data?.items.find((each) => each.name === connection.platform);
  const [view, setView] = useView(VIEW);
  if (known?.fields.length === 0 && connection.state !== 'reconnect') return null;
  return (
    <Section title={t('settings.credentials')} hint={t('settings.credentialsHint', names)}>
      <div className="flex flex-wrap gap-2">
        <Button icon="plug" onClick={() => setView({ again: 'yes' })}>
          {t('settings.again')}
        </Button>
        <SignInLink connection={connection} />
      </div>
      {view.again === 'yes' && known && (
        <Again connection={connection} platform={known} onClose={() => setView({ again: '' })} onMade={onMade} />
      )}
    </Section>
  );
}

function Again({
  connection,
  platform,
  onClose,
  onMade,
}: ConnectAgainProps & { platform: Platform; onClose: () => void }) {
  const { t } = useTranslation(['connections', 'common']);
  const shop = useShop();
  const names = usePlatformNames(platform.name);
  const [credentials, setCredentials] = useState<Credentials>({});
  const fields = fieldsLater(platform);
  const change = useAction('PATCH /api/shops/:shop/connections/:id', {
    touches: ['GET /api/shops/:shop/connections', 'GET /api/shops/:shop/connections/:id', 'GET /api/shops/:shop/home'],
    quietErrors: true,
  });
  const submit = () => {
    change.mutate(
      {
        params: { shop: shop.slug, id: connection.id },
        body: { credentials: filledIn(fields, credentials) },
      },
      {
        onSuccess: (made) => {
          onClose();
          if (made.signInAt !== null || made.hookSecret !== null || made.apiKey !== null) onMade(made, platform.name);
          else toast({ title: t('settings.againDone') });
        },
      },
    );
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('settings.againTitle', names)}
      description={t('settings.againAnswer')}
      cancel={t('common:cancel')}
      submit={t('settings.again')}
      pending={change.isPending}
      error={otherError(change.error)?.message}
      noValidate
      onSubmit={submit}
    >
      <CredentialFields
        fields={fields}
        value={credentials}
        onChange={setCredentials}
        tried={false}
        error={change.error}
      />
    </FormDialog>
  );
}
