import type { WebhookData } from './api.gen.ts';

export type WebhookTopic = keyof WebhookData;

/** A webhook of Evenhand whose signature is good. `id` is the same when it comes again: do each once. */
export type WebhookEvent =
  | {
      readonly [T in WebhookTopic]: {
        readonly id: string;
        readonly type: T;
        readonly timestamp: string;
        readonly data: WebhookData[T];
      };
    }[WebhookTopic]
  | {
      readonly id: string;
      readonly type: 'test';
      readonly timestamp: string;
      readonly data: Readonly<Record<string, never>>;
    };

/** unsigned: headers are missing · old: outside the window · signature: it does not fit · body: it is no message of Evenhand. */
export type WebhookFault = 'unsigned' | 'old' | 'signature' | 'body';

export type HeadersIn = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Received {
  /** "whsec_…", as the console showed it. While one is being replaced, both. */
  readonly secret: string | readonly string[];
  readonly headers: HeadersIn;
  /** The body exactly as it came, before anything parsed it. */
  readonly body: string | Uint8Array | ArrayBuffer;
  /** How old, or how far ahead, it may be. 5 minutes unless told otherwise. */
  readonly toleranceSeconds?: number | undefined;
  /** In milliseconds. */
  readonly now?: number | undefined;
}

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: WebhookFault };

/** Reads a webhook of Evenhand: checks who sent it, and when, before a word of it is believed. */
export async function verifyWebhook(received: Received): Promise<Checked<WebhookEvent>> {
  const signed = await verifySignature(received);
  if (!signed.ok) return signed;
  const read = parsed(received.body);
  return read === null
    ? { ok: false, fault: 'body' }
    : { ok: true, value: { ...read, id: signed.value.id } as WebhookEvent };
}

/** Checks the signature and the age alone, by https://www.standardwebhooks.com, whatever the body is. */
export async function verifySignature({
  secret,
  headers,
  body,
  toleranceSeconds = 300,
  now = Date.now(),
}: Received): Promise<Checked<{ readonly id: string; readonly timestamp: number }>> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  );
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return { ok: false, fault: 'unsigned' };
  if (Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) return { ok: false, fault: 'old' };
  const offered = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [fromBase64(each.slice(3))] : []));
  const content = contentOf(id, timestamp, body);
  for (const one of typeof secret === 'string' ? [secret] : secret) {
    const key = await keyOf(one, 'verify');
    for (const signature of offered) {
      // The platform compares in constant time.
      if (signature !== null && (await (await subtle()).verify('HMAC', key, signature, content)))
        return { ok: true, value: { id, timestamp: Number(timestamp) } };
    }
  }
  return { ok: false, fault: 'signature' };
}

/** The headers that sign a body: for a shop's own system that reports to Evenhand, and for tests. */
export async function signWebhook({
  secret,
  id,
  body,
  now = Date.now(),
}: {
  readonly secret: string;
  /** The same again is taken for the same message. */
  readonly id: string;
  readonly body: string | Uint8Array | ArrayBuffer;
  readonly now?: number | undefined;
}): Promise<{
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}> {
  const timestamp = String(Math.floor(now / 1_000));
  const signature = await (await subtle()).sign('HMAC', await keyOf(secret, 'sign'), contentOf(id, timestamp, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${toBase64(new Uint8Array(signature))}`,
  };
}

function headerOf(headers: HeadersIn, name: string): string | undefined {
  if (typeof (headers as Headers).get === 'function') return (headers as Headers).get(name) ?? undefined;
  const found = Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : (found as readonly string[] | undefined)?.[0];
}

function contentOf(id: string, timestamp: string, body: Received['body']): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const rest = bytesOf(body);
  const whole = new Uint8Array(head.length + rest.length);
  whole.set(head);
  whole.set(rest, head.length);
  return whole;
}

const bytesOf = (body: Received['body']): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body instanceof Uint8Array ? body : new Uint8Array(body);

async function keyOf(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (bytes === null || bytes.length === 0) throw new TypeError('A webhook secret looks like whsec_ and then base64.');
  return (await subtle()).importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
}

function parsed(body: Received['body']): Omit<WebhookEvent, 'id'> | null {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(body)));
    if (typeof read !== 'object' || read === null) return null;
    const { type, timestamp, data } = read as Readonly<Record<string, unknown>>;
    const whole =
      typeof type === 'string' && typeof timestamp === 'string' && typeof data === 'object' && data !== null;
    return whole ? ({ type, timestamp, data } as Omit<WebhookEvent, 'id'>) : null;
  } catch {
    return null;
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  } catch {
    return null;
  }
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Web Crypto: everywhere a global, but for Node 18, where it is a module that other places do not have. */
async function subtle(): Promise<SubtleCrypto> {
  if (globalThis.crypto?.subtle !== undefined) return globalThis.crypto.subtle;
  const name = 'node:crypto';
  const { webcrypto } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as { webcrypto: Crypto };
  return webcrypto.subtle;
}
