import type { CustomersExport, MeasuresExport } from '../../contracts/files.ts';
import type { ImportPreview, ListsExport } from '../../contracts/lists.ts';
import { ApiError, addressOf, csrfHeader, languageHeader, send } from './api.ts';
import { translate } from './i18n.ts';

/** Where a format's example file is downloaded. */
export function exampleAddress(format: string): string {
  return addressOf('/api/formats/:name/example', { name: format });
}

/** A file that came with an appeal: for an image, or for a link that saves it. */
export function attachmentAddress(shop: string, appeal: string, attachment: string): string {
  return addressOf('/api/shops/:shop/appeals/:id/attachments/:attachment', { shop, id: appeal, attachment });
}

/** A notice as a page of its own, made for paper. */
export function printAddress(shop: string, notice: string): string {
  return addressOf('/api/shops/:shop/notices/:id/print', { shop, id: notice });
}

/** The shop's logo; `version` makes the browser ask anew after it was changed. */
export function logoAddress(shop: string, version: number): string {
  return addressOf('/api/shops/:shop/branding/logo', { shop }, { version });
}

/** Sends a logo. Throws an ApiError, in words fit to show, when it is refused. */
export async function uploadLogo(shop: string, file: File): Promise<void> {
  const form = new FormData();
  form.append('file', file, file.name);
  await send('POST', addressOf('/api/shops/:shop/branding/logo', { shop }), { body: form });
}

/**
 * Has the browser save customers as CSV. Fetched rather than linked to, because a link would hold what was searched for. Throws an
 * ApiError when it is refused or breaks off; then nothing is saved.
 */
export function saveCustomers(shop: string, wanted: CustomersExport): Promise<void> {
  const layout = wanted.layout === undefined || wanted.layout === 'plain' ? '' : `-${wanted.layout}`;
  return saveList(addressOf('/api/shops/:shop/customers.csv', { shop }), wanted, `customers-${shop}${layout}.csv`);
}

/** The same for measures. */
export function saveMeasures(shop: string, wanted: MeasuresExport): Promise<void> {
  return saveList(addressOf('/api/shops/:shop/measures.csv', { shop }), wanted, `measures-${shop}.csv`);
}

/** The same for the lists, or their networks for a firewall. */
export function saveLists(shop: string, wanted: ListsExport): Promise<void> {
  const name = wanted.as === undefined || wanted.as === 'csv' ? `lists-${shop}.csv` : `lists-${shop}-${wanted.as}.txt`;
  return saveList(addressOf('/api/shops/:shop/lists/export', { shop }), wanted, name);
}

/** What a file would do to the lists. Throws an ApiError, in words fit to show, when it cannot be read. */
export async function previewLists(
  shop: string,
  { format, meant, file }: { readonly format: string; readonly meant: boolean; readonly file: File },
): Promise<ImportPreview> {
  const form = new FormData();
  form.append('format', format);
  form.append('meant', String(meant));
  form.append('file', file, file.name);
  const answer = await send('POST', addressOf('/api/shops/:shop/lists/preview', { shop }), { body: form });
  return answer.json();
}

async function saveList(address: string, wanted: object, name: string): Promise<void> {
  const answer = await send('POST', address, {
    body: JSON.stringify(wanted),
    headers: { 'content-type': 'application/json' },
  });
  const file = await answer.blob().catch(() => {
    throw new ApiError(0, 'about:blank', translate('common:error.offline'), []);
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is long enough for a dialog that asks where to.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

interface Upload {
  readonly shop: string;
  readonly format: string;
  /** Of lists: entries that hit many are meant so. */
  readonly meant?: boolean;
  readonly file: File;
  /** How much of the file has left this machine, 0–1. */
  readonly onProgress: (sent: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file to be imported, as contracts/files.ts says; gives the id of the import that has begun. By XMLHttpRequest, because
 * fetch cannot say how much of a body has been sent.
 */
export function uploadImport({ shop, format, meant, file, onProgress, signal }: Upload): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf('/api/shops/:shop/imports', { shop }));
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries({ ...csrfHeader(), ...languageHeader() }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      const answer: { import?: unknown; detail?: unknown; title?: unknown } = request.response ?? {};
      if (request.status < 300 && typeof answer.import === 'string') return resolve(answer.import);
      const said = [answer.detail, answer.title].find((each) => typeof each === 'string');
      const words = typeof said === 'string' ? said : translate('common:error.refused', { status: request.status });
      reject(new ApiError(request.status, 'about:blank', words, []));
    };
    request.onerror = () => reject(new ApiError(0, 'about:blank', translate('common:error.offline'), []));
    request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('format', format);
    if (meant !== undefined) form.append('meant', String(meant));
    form.append('file', file, file.name);
    request.send(form);
  });
}
