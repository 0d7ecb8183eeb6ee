import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, OverlayBody, OverlayClose, toast, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { SecretField } from '../../secret-field.tsx';
import { useShop } from '../../session.tsx';
import { usePlatformNames } from './names.ts';
import type { Connection } from './types.ts';
import { secretOf } from './ways.ts';

/** Makes a new webhook secret, and shows it the one time it can be seen. */
export function NewSecret({ connection }: { connection: Connection }) {
  const { t } = useTranslation(['connections', 'common']);
  const shop = useShop();
  const ago = useAgo();
  const names = usePlatformNames(connection.platform);
  const [open, setOpen] = useState(false);
  const rotate = useAction('POST /api/shops/:shop/connections/:id/secret', { quietErrors: true });
  const ours = secretOf[connection.platform] === 'ours';
  const close = () => {
    setOpen(false);
    rotate.reset();
  };
  return (
    <div>
      <Button icon="key" onClick={() => setOpen(true)}>
        {t('settings.rotate')}
      </Button>
      {open && !rotate.data && (
        <FormDialog
          onClose={close}
          title={t('settings.rotateTitle')}
          description={t(ours ? 'settings.rotateOurs' : 'settings.rotateAnswer', names)}
          cancel={t('common:cancel')}
          submit={t('settings.rotateDo')}
          pending={rotate.isPending}
          error={rotate.error?.message}
          onSubmit={() =>
            rotate.mutate(
              { params: { shop: shop.slug, id: connection.id } },
              {
                onSuccess: () => {
                  if (!ours) return;
                  toast({ title: t('settings.rotatedOurs') });
                  close();
                },
              },
            )
          }
        >
          {null}
        </FormDialog>
      )}
      {open && !ours && rotate.data && (
        <Dialog
          open
          onOpenChange={(next) => !next && close()}
          title={t('settings.rotated')}
          description={t('settings.rotatedAnswer', { when: isolate(ago(rotate.data.oldUntil)) })}
          footer={
            <OverlayClose>
              <Button look="primary">{t('settings.rotatedDone')}</Button>
            </OverlayClose>
          }
        >
          <OverlayBody>
            <SecretField
              label={t('made.hookSecret')}
              hint={t(`made.where.${connection.platform}`)}
              value={rotate.data.hookSecret}
            />
          </OverlayBody>
        </Dialog>
      )}
    </div>
  );
}
