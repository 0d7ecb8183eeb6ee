import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Checkbox,
  Dialog,
  DropZone,
  Icon,
  Note,
  OverlayBody,
  OverlayClose,
  RadioGroup,
  toast,
} from '../../../ui/index.ts';
import { exampleAddress, previewLists, uploadImport } from '../../files.ts';
import { LIST_FORMATS, type ListFormat } from '../../list-formats.ts';
import { queryClient } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { ImportPreview } from './import-preview.tsx';
import { TOUCHES } from './types.ts';

/** Brings in a file of lists: says first what it would do, and writes nothing until somebody says so. */
export function ImportDialog({ format: asked, onClose }: { format: ListFormat; onClose: () => void }) {
  const { t } = useTranslation('lists');
  const shop = useShop();
  const [format, setFormat] = useState(asked);
  const [file, setFile] = useState<File | null>(null);
  const [meant, setMeant] = useState(false);
  const stop = useRef(new AbortController());
  const look = useMutation({
    mutationFn: (wish: { file: File; meant: boolean }) => previewLists(shop.slug, { format, ...wish }),
  });
  const send = useMutation({
    mutationFn: (own: File) =>
      uploadImport({
        shop: shop.slug,
        format,
        meant,
        file: own,
        signal: stop.current.signal,
        onProgress: () => undefined,
      }),
    onSuccess: () => {
      toast({ title: t('import.begun') });
      for (const touched of [...TOUCHES, 'GET /api/shops/:shop/imports'])
        void queryClient.invalidateQueries({ queryKey: [touched] });
      onClose();
    },
  });
  const read = (own: File, word: boolean) => {
    setFile(own);
    setMeant(word);
    look.mutate({ file: own, meant: word });
  };
  const preview = look.data;
  const failed = send.error ?? look.error;
  const fresh = preview === undefined ? 0 : preview.added + preview.changed;
  const asksForWord = meant || (preview?.refusals.some((each) => each.unlessMeant) ?? false);
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('import.title')}
      description={t('import.description')}
      className="max-w-2xl"
      footer={
        <>
          <OverlayClose>
            <Button>{t('import.cancel')}</Button>
          </OverlayClose>
          <Button
            look="primary"
            disabled={file === null || fresh === 0 || look.isPending}
            pending={send.isPending}
            onClick={() => file && send.mutate(file)}
          >
            {t('import.submit')}
          </Button>
        </>
      }
    >
      <OverlayBody>
        {failed && (
          <div role="alert">
            <Note meaning="block">{failed.message}</Note>
          </div>
        )}
        {file === null ? (
          <>
            <RadioGroup
              label={t('import.format')}
              value={format}
              onChange={setFormat}
              options={LIST_FORMATS.map((each) => ({ value: each, label: t(`import.formats.${each}`) }))}
            />
            <a
              href={exampleAddress(format)}
              download
              className="inline-flex min-h-6 items-center gap-1.5 self-start text-sm font-medium text-accent hover:underline max-md:min-h-11"
            >
              <Icon name="download" />
              {t('import.example')}
            </a>
            <DropZone
              label={t('import.drop')}
              hint={t('import.dropHint')}
              accept=".csv,.gz"
              onFile={(own) => read(own, false)}
            />
          </>
        ) : (
          <>
            <p className="flex items-center justify-between gap-3 text-base font-medium">
              <bdi className="min-w-0 truncate">{file.name}</bdi>
              <Button
                onClick={() => {
                  setFile(null);
                  look.reset();
                  send.reset();
                }}
              >
                {t('import.another')}
              </Button>
            </p>
            {look.isPending && <p className="text-base text-muted">{t('import.reading', { file: file.name })}</p>}
            {preview && <ImportPreview preview={preview} />}
            {asksForWord && (
              <Checkbox label={t('add.meant')} checked={meant} onChange={(event) => read(file, event.target.checked)} />
            )}
          </>
        )}
      </OverlayBody>
    </Dialog>
  );
}
