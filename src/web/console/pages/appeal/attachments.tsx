import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { buttonClass, Dialog, Icon, OverlayBody, useFormats } from '../../../ui/index.ts';
import { attachmentAddress } from '../../files.ts';

export type Attachment = AppealDetail['exchange'][number]['attachments'][number];

interface AttachmentsProps {
  shop: string;
  appeal: string;
  files: readonly Attachment[];
}

/** Files that came with what the customer wrote: pictures as pictures, others by name. Each opens in a dialog. */
export function Attachments({ shop, appeal, files }: AttachmentsProps) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  const [open, setOpen] = useState<Attachment | null>(null);
  if (files.length === 0) return null;
  return (
    <ul aria-label={t('said.files', { count: files.length })} className="flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.id}>
          <button
            type="button"
            title={t('said.openFile', { name: file.name })}
            onClick={() => setOpen(file)}
            className="flex w-28 flex-col overflow-hidden rounded-md border border-line bg-surface text-start hover:border-edge"
          >
            <span className="flex h-20 w-full items-center justify-center bg-sunken text-muted">
              {isPicture(file) ? (
                <img
                  src={attachmentAddress(shop, appeal, file.id)}
                  alt=""
                  loading="lazy"
                  className="size-full object-cover"
                />
              ) : (
                <Icon name="file" className="size-6" />
              )}
            </span>
            <span className="w-full px-2 py-1">
              <bdi className="block truncate text-xs text-ink">{file.name}</bdi>
              <span className="block text-xs text-muted">{formats.bytes(file.bytes)}</span>
            </span>
          </button>
        </li>
      ))}
      {open && <FileDialog shop={shop} appeal={appeal} file={open} onClose={() => setOpen(null)} />}
    </ul>
  );
}

const isPicture = (file: Attachment) => file.type.startsWith('image/');

function FileDialog({
  shop,
  appeal,
  file,
  onClose,
}: {
  shop: string;
  appeal: string;
  file: Attachment;
  onClose: () => void;
}) {
  const { t } = useTranslation('appeals');
  const address = attachmentAddress(shop, appeal, file.id);
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      className="max-w-3xl!"
      title={<bdi>{file.name}</bdi>}
      description={t('said.fileFrom')}
      footer={
        <a href={address} download={file.name} className={buttonClass('secondary')}>
          <Icon name="download" />
          {t('said.saveFile')}
        </a>
      }
    >
      <OverlayBody>
        {isPicture(file) ? (
          <img
            src={address}
            alt={file.name}
            className="max-h-[60vh] max-w-full self-center rounded-md object-contain"
          />
        ) : (
          <p className="py-8 text-center text-base text-muted">{t('said.noPicture')}</p>
        )}
      </OverlayBody>
    </Dialog>
  );
}
