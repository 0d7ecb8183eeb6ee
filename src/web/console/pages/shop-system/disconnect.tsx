import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Section } from '../../../ui/index.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { usePlatformNames } from './names.ts';
import type { Connection } from './types.ts';

/** Ends the connection, after saying all that will happen. */
export function Disconnect({ connection }: { connection: Connection }) {
  const { t } = useTranslation(['connections', 'common']);
  const shop = useShop();
  const names = usePlatformNames(connection.platform);
  const [asking, setAsking] = useState(false);
  const { told } = connection.marks;
  const disconnect = useAction('POST /api/shops/:shop/connections/:id/disconnect', {
    touches: ['GET /api/shops/:shop/connections', 'GET /api/shops/:shop/home'],
    says: () => t('settings.disconnected'),
    quietErrors: true,
  });
  const happens = [
    told === 0 ? t('settings.disconnectMarksNone', names) : t('settings.disconnectMarks', { ...names, count: told }),
    t('settings.disconnectHooks'),
    t('settings.disconnectCheckout'),
    t('settings.disconnectHeld'),
    t('settings.disconnectKept'),
  ];
  return (
    <Section title={t('settings.disconnect')} hint={t('settings.disconnectHint', names)}>
      <div>
        <Button icon="close" onClick={() => setAsking(true)}>
          {t('settings.disconnect')}
        </Button>
      </div>
      {asking && (
        <FormDialog
          onClose={() => setAsking(false)}
          title={t('settings.disconnectTitle', names)}
          description={t('settings.disconnectAnswer')}
          cancel={t('common:cancel')}
          submit={t('settings.disconnect')}
          look="danger"
          pending={disconnect.isPending}
          error={disconnect.error?.message}
          onSubmit={() =>
            disconnect.mutate({ params: { shop: shop.slug, id: connection.id } }, { onSuccess: () => setAsking(false) })
          }
        >
          <ul className="flex list-disc flex-col gap-1.5 ps-5 text-base text-ink">
            {happens.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </FormDialog>
      )}
    </Section>
  );
}
