import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic } from './addresses.ts';
import { type BodyLimits, bodyOf } from './answer-body.ts';
import { FetchFailed, type FetchFault, fetchFailed } from './fetch-failed.ts';

export { FetchFailed, type FetchFault } from './fetch-failed.ts';

export interface FetchRules {
  /** Lets it go to this machine and to private networks too. */
  readonly allowPrivate?: boolean;
  /** How long until the head of the answer must be there, in milliseconds, from the first look for the name on. */
  readonly answerMs?: number;
  /** How long its body may pause. */
  readonly pauseMs?: number;
  /** How large the body may be, unpacked, in bytes. */
  readonly largest?: number;
  /** How names are looked up; the system's way unless told otherwise. */
  readonly lookup?: (host: string) => Promise<readonly LookupAddress[]>;
}

const everyAddress = (host: string): Promise<readonly LookupAddress[]> => systemLookup(host, { all: true });

/**
 * A `fetch` for addresses that others chose. The name is looked up once, every address it stands for must be public, and the
 * connection goes to one of exactly those: a name that means something else a moment later changes nothing. Redirects are
 * handed back, never followed. Rejects with `FetchFailed`, or with the reason of `signal`.
 */
export function guardedFetch({
  allowPrivate = false,
  answerMs = 10_000,
  pauseMs = 10_000,
  largest = 16 * 1_048_576,
  lookup = everyAddress,
}: FetchRules = {}): typeof fetch {
  const keep = { keepAlive: true, keepAliveMsecs: 1_000, timeout: 4_000, maxFreeSockets: 4 };
  const agents = { http: new HttpAgent(keep), https: new HttpsAgent(keep) };

  return async (input, init) => {
    const url = reachable(input instanceof Request ? input.url : String(input));
    const asked = new Request(input, init);
    asked.signal.throwIfAborted();
    // Before anything is written: what is sent twice over a connection that had just closed must be the same.
    const body = asked.body === null ? null : Buffer.from(await asked.arrayBuffer());
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new FetchFailed('silent', 'There was no answer in time.')), answerMs);
    const stop = AbortSignal.any([asked.signal, deadline.signal]);
    try {
      const addresses = await beforeThat(stop, addressesOf(url.hostname, lookup));
      allowed(addresses, allowPrivate);
      const send = (): Promise<IncomingMessage> =>
        answerTo(
          (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
            method: asked.method,
            headers: headersFor(asked, body),
            agent: url.protocol === 'https:' ? agents.https : agents.http,
            lookup: pinnedTo(addresses),
            signal: stop,
          }),
          body,
        );
      const answer = await send().catch((error: unknown) => {
        if (error instanceof StaleConnection && !stop.aborted) return send();
        throw error;
      });
      return responseOf(answer, asked, { pauseMs, largest });
    } catch (error) {
      throw stop.aborted ? stop.reason : fetchFailed(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Why an address could not be reached, as far as can be seen without connecting to it; null: it could. */
export async function mayReach(
  url: string,
  { allowPrivate = false, lookup = everyAddress }: Pick<FetchRules, 'allowPrivate' | 'lookup'> = {},
): Promise<FetchFault | null> {
  try {
    allowed(await addressesOf(reachable(url).hostname, lookup), allowPrivate);
    return null;
  } catch (error) {
    return fetchFailed(error).fault;
  }
}

function allowed(addresses: readonly LookupAddress[], allowPrivate: boolean): void {
  if (!allowPrivate && !addresses.every(({ address }) => isPublic(address)))
    throw new FetchFailed('private', 'The name stands for an address that is not public.');
}

/** The address, read as the rest of this file will read it. */
function reachable(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const web = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!web || url.username !== '' || url.password !== '')
    throw new FetchFailed('address', 'Only http and https addresses without a password in them can be reached.');
  return url;
}

/** A kept connection that the other side had closed already: nothing was read from it. */
class StaleConnection extends Error {}

function answerTo(request: ClientRequest, body: Buffer | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(stale ? new StaleConnection(error.message, { cause: error }) : error);
    });
    request.end(body ?? undefined);
  });
}

async function addressesOf(
  hostname: string,
  lookup: NonNullable<FetchRules['lookup']>,
): Promise<readonly LookupAddress[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = await lookup(host).catch((error: unknown) => {
    throw new FetchFailed('unknown', 'Nobody knows the name.', error);
  });
  if (found.length === 0) throw new FetchFailed('unknown', 'The name stands for nothing.');
  return found;
}

/** Answers whoever asks for the name with the addresses that were looked at. */
function pinnedTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

function headersFor(asked: Request, body: Buffer | null): Record<string, string> {
  const headers = Object.fromEntries(asked.headers);
  // Framing is ours, and so is the name of the host.
  for (const name of ['host', 'content-length', 'transfer-encoding', 'connection']) delete headers[name];
  return {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    ...headers,
    ...(body === null ? {} : { 'content-length': String(body.length) }),
  };
}

const WITHOUT_BODY: readonly number[] = [204, 205, 304];

function responseOf(answer: IncomingMessage, asked: Request, limits: BodyLimits): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2)
    headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '');
  const { statusCode = 0, statusMessage = '' } = answer;
  if (asked.method === 'HEAD' || WITHOUT_BODY.includes(statusCode)) {
    answer.resume();
    return new Response(null, { status: statusCode, statusText: statusMessage, headers });
  }
  return new Response(bodyOf(answer, limits, asked.signal), { status: statusCode, statusText: statusMessage, headers });
}

function beforeThat<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = () => reject(stop.reason);
    stop.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', give));
  });
}
