import { useTranslation } from 'react-i18next';
import { Button, Dialog, OverlayBody, OverlayClose, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { SecretField } from '../../secret-field.tsx';

interface SecretDialogProps {
  secret: string;
  /** Until when the one before signs too. */
  oldUntil?: string;
  onClose: () => void;
}

/** The secret, the one time it can be seen. */
export function SecretDialog({ secret, oldUntil, onClose }: SecretDialogProps) {
  const { t } = useTranslation('webhooks');
  const ago = useAgo();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('secret.title')}
      description={t('secret.answer')}
      footer={
        <OverlayClose>
          <Button look="primary">{t('secret.done')}</Button>
        </OverlayClose>
      }
    >
      <OverlayBody>
        <SecretField label={t('secret.label')} value={secret} />
        {oldUntil !== undefined && (
          <p className="text-base text-muted">{t('secret.oldUntil', { when: isolate(ago(oldUntil)) })}</p>
        )}
      </OverlayBody>
    </Dialog>
  );
}
