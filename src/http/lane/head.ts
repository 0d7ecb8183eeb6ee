/** What the lane goes by of a request's head. */
export interface Head {
  /** Header fields by lower-case name; each stands once. */
  readonly fields: ReadonlyMap<string, string>;
  /** Bytes of the body, 1 to LARGEST_BODY. */
  readonly length: number;
  /** The API key; null where there is none or it is written otherwise than usual. */
  readonly secret: string | null;
  readonly json: boolean;
  readonly gzip: boolean;
  /** "https" where a proxy says so. */
  readonly forwardedProtocol: string | null;
}

/** The one request line that the lane reads. */
export const REQUEST_LINE = 'POST /v1/decisions HTTP/1.1';

/** A head of more bytes, or with more fields, is for Node to judge. */
export const LARGEST_HEAD = 8_192;
const MOST_FIELDS = 64;
/** As much as the route accepts; a larger body is for it to refuse. */
export const LARGEST_BODY = 65_536;

/** Fields that change how a message is read or answered; "connection" may say what is so anyway. */
const MEANINGFUL = new Set([
  'accept-version',
  'content-encoding',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\x20-\x7e]*$/;
const LENGTH = /^[1-9][0-9]{0,4}$/;
const BEARER = /^Bearer ([\x21-\x7e]+)$/i;
const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;
const FORWARDED = /^https?$/;

/**
 * Reads the head of a request, without its last two line ends; null for every one that is not of the plainest form. Much stricter than
 * RFC 9112 allows: whatever two readers could take differently (lengths said twice or oddly, transfer codings, folded or repeated
 * fields, bare line feeds, spaces before colons) is not read here.
 */
export function readHead(text: string): Head | null {
  const [first, ...lines] = text.split('\r\n');
  if (first !== REQUEST_LINE || lines.length > MOST_FIELDS) return null;
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    const value = trimmed(line.slice(colon + 1));
    if (!NAME.test(name) || !VALUE.test(value)) return null;
    const key = name.toLowerCase();
    if (MEANINGFUL.has(key) || fields.has(key)) return null;
    fields.set(key, value);
  }
  const length = fields.get('content-length') ?? '';
  if (!LENGTH.test(length) || Number(length) > LARGEST_BODY) return null;
  if ((fields.get('host') ?? '') === '') return null;
  if ((fields.get('connection') ?? 'keep-alive').toLowerCase() !== 'keep-alive') return null;
  const forwardedProtocol = fields.get('x-forwarded-proto') ?? null;
  if (forwardedProtocol !== null && !FORWARDED.test(forwardedProtocol)) return null;
  return {
    fields,
    length: Number(length),
    secret: BEARER.exec(fields.get('authorization') ?? '')?.[1] ?? null,
    json: JSON_TYPE.test(fields.get('content-type') ?? ''),
    gzip: /\bgzip\b/.test(fields.get('accept-encoding') ?? ''),
    forwardedProtocol,
  };
}

/** Without the spaces and tabs around it. */
const trimmed = (value: string): string => value.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');
