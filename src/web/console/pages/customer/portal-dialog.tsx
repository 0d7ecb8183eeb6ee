import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';

interface PortalDialogProps {
  shop: string;
  id: string;
  name: string;
  onClose: () => void;
}

/** Sends the customer a link to their portal, after saying what that does. */
export function PortalDialog({ shop, id, name, onClose }: PortalDialogProps) {
  const { t } = useTranslation('customer');
  const send = useAction('POST /api/shops/:shop/customers/:id/portal-link', {
    touches: ['GET /api/shops/:shop/outbox'],
    says: () => t('now.portalDone', { name }),
    quietErrors: true,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('now.portalTitle', { name })}
      description={t('now.portalDescription', { name })}
      cancel={t('cancel')}
      submit={t('now.portalSubmit')}
      pending={send.isPending}
      error={send.error?.message}
      onSubmit={() => send.mutate({ params: { shop, id } }, { onSuccess: onClose })}
    >
      {null}
    </FormDialog>
  );
}
