import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import {
  Button,
  ButtonLink,
  Card,
  Disclosure,
  DropZone,
  ErrorState,
  Icon,
  Note,
  ProgressBar,
  RadioGroup,
  Skeleton,
  toast,
  useFormats,
} from '../../../ui/index.ts';
import { exampleAddress, uploadImport } from '../../files.ts';
import { listFormatNamed } from '../../list-formats.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';

type Format = ResponseOf<'GET /api/formats'>['items'][number];

/** Choose what it is, see what it must look like, drop it. */
export function NewImport() {
  const formats = useApi('GET /api/formats', {});
  const [chosen, setChosen] = useState<Format['name'] | null>(null);
  const { t } = useTranslation('imports');
  if (formats.error) return <ErrorState error={formats.error} onRetry={() => void formats.refetch()} />;
  if (!formats.data) return <Skeleton className="h-96 w-full" />;
  const files = formats.data.items.filter((each) => each.name !== 'sample');
  const format =
    files.find((each) => each.name === chosen) ?? files.find((each) => each.name === 'orders-csv') ?? files[0];
  if (!format) return null;
  return (
    <div className="flex flex-col gap-4">
      <Card className="flex flex-col gap-1 px-4 py-3">
        <RadioGroup
          label={t('format')}
          value={format.name}
          onChange={setChosen}
          options={files.map((each) => ({ value: each.name, label: each.title, hint: each.summary }))}
        />
        <Description format={format} />
      </Card>
      {listFormatNamed(format.name) ? <ToLists format={format.name} /> : <Sender format={format.name} />}
    </div>
  );
}

function Description({ format }: { format: Format }) {
  const { t } = useTranslation('imports');
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t border-line pt-2.5 text-sm">
      <Disclosure label={t('describe')}>
        <table className="mt-1 w-full">
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              <th scope="col" className="py-1.5 pe-4 text-start font-medium">
                {t('column')}
              </th>
              <th scope="col" className="py-1.5 text-start font-medium">
                {t('meaning')}
              </th>
            </tr>
          </thead>
          <tbody>
            {format.columns.map((column) => (
              <tr key={column.name} className="border-b border-line align-top last:border-0">
                <th scope="row" className="py-2 pe-4 text-start font-normal whitespace-nowrap">
                  <code className="font-mono text-xs">{column.name}</code>
                  {column.required && <span className="block text-xs text-muted">{t('required')}</span>}
                </th>
                <td className="py-2 text-muted">{column.meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
      <a
        href={exampleAddress(format.name)}
        download={format.exampleFile}
        className="inline-flex min-h-6 items-center gap-1.5 font-medium text-accent hover:underline max-md:min-h-11"
      >
        <Icon name="download" />
        {t('example')}
      </a>
    </div>
  );
}

/** A list may stop people at once: where it is brought in, one sees first whom it would hit. */
function ToLists({ format }: { format: Format['name'] }) {
  const { t } = useTranslation('imports');
  const shop = useShop();
  return (
    <Card className="flex min-h-36 flex-col items-start justify-center gap-3 px-6 py-4">
      <p className="max-w-prose text-base">{t('lists.first')}</p>
      <ButtonLink look="primary" to="/shops/$shop/lists" params={{ shop: shop.slug }} search={{ bring: format }}>
        {t('lists.go')}
      </ButtonLink>
    </Card>
  );
}

type Sending = { file: string; sent: number } | null;

/** Sends the file; how it is read is then told by its entry in the history below. */
function Sender({ format }: { format: Format['name'] }) {
  const { t } = useTranslation('imports');
  const formats = useFormats();
  const shop = useShop();
  const cache = useQueryClient();
  const [sending, setSending] = useState<Sending>(null);
  const [error, setError] = useState<string | null>(null);
  const stop = useRef<AbortController>(null);

  const send = async (file: File) => {
    stop.current = new AbortController();
    setError(null);
    setSending({ file: file.name, sent: 0 });
    const refresh = () => cache.invalidateQueries({ queryKey: ['GET /api/shops/:shop/imports'] });
    // The server begins to read while the file is still on its way: its entry appears in the history meanwhile.
    const looking = setInterval(() => void refresh(), 1_500);
    try {
      await uploadImport({
        shop: shop.slug,
        format,
        file,
        signal: stop.current.signal,
        onProgress: (sent) => setSending({ file: file.name, sent }),
      });
      toast({ title: t('begun') });
    } catch (reason) {
      if (reason instanceof DOMException) toast({ title: t('stopped') });
      else setError(reason instanceof Error ? reason.message : String(reason));
    } finally {
      clearInterval(looking);
      setSending(null);
      void refresh();
      void cache.invalidateQueries({ queryKey: ['GET /api/shops/:shop/home'] });
    }
  };

  return (
    <div className="flex flex-col gap-3">
      {error && (
        <div role="alert">
          <Note meaning="block">{error}</Note>
        </div>
      )}
      {sending ? (
        <Card className="flex min-h-36 flex-col justify-center gap-3 px-6">
          <div className="flex items-center justify-between gap-4">
            <p className="truncate text-base font-medium">{t('sending', { file: sending.file })}</p>
            <Button onClick={() => stop.current?.abort()}>{t('stop')}</Button>
          </div>
          <ProgressBar label={t('sending', { file: sending.file })} value={sending.sent} />
          <p className="tabular text-sm text-muted">{t('sent', { share: formats.share(sending.sent) })}</p>
        </Card>
      ) : (
        <DropZone
          label={t('drop')}
          hint={t('dropHint')}
          accept=".csv,.json,.jsonl,.ndjson,.gz"
          onFile={(file) => void send(file)}
        />
      )}
    </div>
  );
}
