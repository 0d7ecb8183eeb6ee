import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, Menu, MenuItem, MenuSeparator, toast } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { ChangeEndpoint } from './endpoint-form.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import type { Endpoint } from './types.ts';

type Asking = 'change' | 'secret' | 'remove' | null;
const TOUCHED = ['GET /api/shops/:shop/webhooks', 'GET /api/shops/:shop/home'] as const;

/** What an owner may do with a webhook. */
export function Actions({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const [asking, setAsking] = useState<Asking>(null);
  const params = { shop: shop.slug, id: endpoint.id };
  const test = useAction('POST /api/shops/:shop/webhooks/:id/test', {
    touches: ['GET /api/shops/:shop/webhooks/:id/sent', ...TOUCHED],
    follows: true,
  });
  const switching = useAction('PATCH /api/shops/:shop/webhooks/:id', {
    touches: TOUCHED,
    says: (answer) => t(answer.state === 'active' ? 'switchedOn' : 'switchedOff'),
  });
  if (!shop.may('PATCH /api/shops/:shop/webhooks/:id')) return null;
  const on = endpoint.state === 'active';
  const close = () => setAsking(null);
  const say = (sent: { state: string; status: number | null; ms: number | null; problem: string | null }) => {
    if (sent.state === 'sent' && sent.status !== null && sent.ms !== null)
      toast({ title: t('testOk', { status: sent.status, ms: sent.ms }) });
    else if (sent.problem !== null) toast({ title: `${t('testNo')} ${sent.problem}`, meaning: 'failed' });
    else toast({ title: t('tested') });
  };
  return (
    <>
      {on ? (
        <Button pending={test.isPending} onClick={() => test.mutate({ params }, { onSuccess: say })}>
          {t('test')}
        </Button>
      ) : (
        <Button
          look="primary"
          pending={switching.isPending}
          onClick={() => switching.mutate({ params, body: { state: 'active' } })}
        >
          {t('switchOn')}
        </Button>
      )}
      <Menu
        align="end"
        trigger={<IconButton look="secondary" icon="more" label={t('more', { url: endpoint.note || endpoint.url })} />}
      >
        <MenuItem icon="edit" onClick={() => setAsking('change')}>
          {t('change')}
        </MenuItem>
        <MenuItem icon="key" onClick={() => setAsking('secret')}>
          {t('secret.rotate')}
        </MenuItem>
        {on && (
          <MenuItem icon="close" onClick={() => switching.mutate({ params, body: { state: 'disabled' } })}>
            {t('switchOff')}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon="trash" danger onClick={() => setAsking('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
      {asking === 'change' && <ChangeEndpoint endpoint={endpoint} onClose={close} />}
      {asking === 'secret' && <NewSecret endpoint={endpoint} onClose={close} />}
      {asking === 'remove' && <Remove endpoint={endpoint} onClose={close} />}
    </>
  );
}

interface AskingProps {
  endpoint: Endpoint;
  onClose: () => void;
}

function NewSecret({ endpoint, onClose }: AskingProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const shop = useShop();
  const rotate = useAction('POST /api/shops/:shop/webhooks/:id/secret', { quietErrors: true });
  if (rotate.data)
    return <SecretDialog secret={rotate.data.secret} oldUntil={rotate.data.oldUntil} onClose={onClose} />;
  return (
    <FormDialog
      onClose={onClose}
      title={t('secret.rotateTitle')}
      description={t('secret.rotateAnswer')}
      cancel={t('common:cancel')}
      submit={t('secret.rotateDo')}
      pending={rotate.isPending}
      error={rotate.error?.message}
      onSubmit={() => rotate.mutate({ params: { shop: shop.slug, id: endpoint.id } })}
    >
      {null}
    </FormDialog>
  );
}

function Remove({ endpoint, onClose }: AskingProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const shop = useShop();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const remove = useAction('DELETE /api/shops/:shop/webhooks/:id', {
    says: () => t('removed'),
    quietErrors: true,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('removeTitle')}
      description={t('removeAnswer', { url: isolate(endpoint.url) })}
      cancel={t('common:cancel')}
      submit={t('remove')}
      look="danger"
      pending={remove.isPending}
      error={remove.error?.message}
      onSubmit={() =>
        remove.mutate(
          { params: { shop: shop.slug, id: endpoint.id } },
          {
            // Away first: the list without it would say here that there is no such webhook.
            onSuccess: () =>
              void navigate({
                to: '/shops/$shop/settings',
                params: { shop: shop.slug },
                search: { tab: 'webhooks' },
                replace: true,
              }).then(() => Promise.all(TOUCHED.map((touched) => cache.invalidateQueries({ queryKey: [touched] })))),
          },
        )
      }
    >
      {null}
    </FormDialog>
  );
}
