import { useTranslation } from 'react-i18next';
import type { OutboxRowView } from '../../../../contracts/notices.ts';
import { Button, Dialog, Note, OverlayBody, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { NoticeDialog } from '../../conduct/notice/notice-dialog.tsx';
import { useAction } from '../../query.ts';
import type { Shop } from '../../session.tsx';
import { messageTitle } from './words.ts';

interface MessageDialogProps {
  shop: Shop;
  row: OutboxRowView;
  mailServer: boolean;
  onClose: () => void;
}

/** One message: its words, how it stands, and what one may do about it. */
export function MessageDialog({ shop, row, mailServer, onClose }: MessageDialogProps) {
  const { t } = useTranslation('outbox');
  const about = <Standing row={row} mailServer={mailServer} />;
  const actions = <Actions shop={shop} row={row} mailServer={mailServer} onDone={onClose} />;
  if (row.notice !== null)
    return <NoticeDialog shop={shop.slug} notice={row.notice} onClose={onClose} about={about} actions={actions} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={row.subject ?? messageTitle(row, t)}
      footer={actions}
    >
      <OverlayBody>
        {about}
        <p className="text-base text-muted">{t('noWords')}</p>
      </OverlayBody>
    </Dialog>
  );
}

function Standing({ row, mailServer }: { row: OutboxRowView; mailServer: boolean }) {
  const { t } = useTranslation('outbox');
  const ago = useAgo();
  const waitsForServer = row.state === 'waiting' && !mailServer;
  const hint = waitsForServer
    ? t('stateHint.waitingNoServer')
    : t(`stateHint.${row.state}`, {
        tries: t('tries', { count: row.attempts }),
        when: row.sentAt === null ? '' : isolate(ago(row.sentAt)),
      });
  const trouble = row.state === 'failed' || row.state === 'bounced';
  return (
    <Note meaning={trouble ? 'watch' : 'neutral'}>
      <p className="font-medium">{t(`state.${row.state}`)}</p>
      <p>{hint}</p>
      {row.trouble !== null && <p>{t(`trouble.${row.trouble}`)}</p>}
      {row.error !== null && <p className="text-sm wrap-anywhere">{t('serverSaid', { error: isolate(row.error) })}</p>}
    </Note>
  );
}

interface ActionsProps {
  shop: Shop;
  row: OutboxRowView;
  mailServer: boolean;
  onDone: () => void;
}

const TOUCHED = [
  'GET /api/shops/:shop/outbox',
  'GET /api/shops/:shop/home',
  'GET /api/shops/:shop/customers/:id/notices',
] as const;

function Actions({ shop, row, mailServer, onDone }: ActionsProps) {
  const { t } = useTranslation('outbox');
  const retry = useAction('POST /api/shops/:shop/outbox/:id/retry', { touches: TOUCHED, says: () => t('retryDone') });
  const posted = useAction('POST /api/shops/:shop/outbox/:id/printed', {
    touches: TOUCHED,
    says: () => t('postedDone'),
  });
  const bounced = useAction('POST /api/shops/:shop/outbox/:id/bounced', {
    touches: TOUCHED,
    says: () => t('bouncedDone'),
  });
  const args = { params: { shop: shop.slug, id: row.id } };
  if (!shop.may('POST /api/shops/:shop/outbox/:id/retry'))
    return <p className="me-auto self-center text-sm text-muted">{t('mayNot')}</p>;
  const stuck = row.state === 'waiting' || row.state === 'failed' || row.state === 'bounced';
  return (
    <>
      {row.state === 'sent' && row.audience === 'customer' && (
        <Button pending={bounced.isPending} onClick={() => bounced.mutate(args, { onSuccess: onDone })}>
          {t('bounced')}
        </Button>
      )}
      {stuck && mailServer && (
        <Button pending={retry.isPending} onClick={() => retry.mutate(args, { onSuccess: onDone })}>
          {t('retry')}
        </Button>
      )}
      {stuck && row.notice !== null && (
        <Button
          title={t('postedHint')}
          pending={posted.isPending}
          onClick={() => posted.mutate(args, { onSuccess: onDone })}
        >
          {t('posted')}
        </Button>
      )}
    </>
  );
}
