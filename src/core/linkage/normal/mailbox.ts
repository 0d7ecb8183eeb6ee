import { normaliseEmail } from '../../identity/email.ts';
import { plainCode, undisguised } from './plain.ts';

interface Provider {
  /** The domain under which the mailbox is known here. Null: each domain is its own. */
  readonly domain: string | null;
  /** What begins a part of the local part that the provider ignores. */
  readonly tag: '+' | '-' | null;
  readonly dots: boolean;
}

const GOOGLE: Provider = { domain: 'gmail.com', tag: '+', dots: true };
const PLUS: Provider = { domain: null, tag: '+', dots: false };
const APPLE: Provider = { domain: 'icloud.com', tag: '+', dots: false };
const PROTON: Provider = { domain: 'proton.me', tag: '+', dots: false };
const YAHOO: Provider = { domain: null, tag: '-', dots: false };
const YANDEX: Provider = { domain: 'yandex.ru', tag: '+', dots: false };

/** Only what the provider itself documents: an address made equal here is delivered to the same mailbox. */
const PROVIDERS = new Map<string, Provider>([
  ['gmail.com', GOOGLE],
  ['googlemail.com', GOOGLE],
  ['icloud.com', APPLE],
  ['me.com', APPLE],
  ['mac.com', APPLE],
  ['proton.me', PROTON],
  ['protonmail.com', PROTON],
  ['pm.me', PROTON],
  ['fastmail.com', PLUS],
  ['fastmail.fm', PLUS],
  ['ya.ru', YANDEX],
  ['yandex.ru', YANDEX],
  ['yandex.com', YANDEX],
  ['ymail.com', YAHOO],
  ['rocketmail.com', YAHOO],
]);
const MICROSOFT = /^(outlook|hotmail|live)\.(com?\.)?[a-z]{2,3}$|^msn\.com$/;
const YAHOOS = /^yahoo\.(com?\.)?[a-z]{2,3}$/;
const ASCII_ADDRESS = /^[a-z0-9._%+&'-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/;

export interface Mailbox {
  /** The address by which the mailbox is known: aliases the provider documents become one. */
  readonly address: string;
  /** Letters and digits of the local part without tag; null when they are too few to tell anybody. */
  readonly name: string | null;
}

const SHORTEST_NAME = 4;

/** The mailbox an address leads to, or null when it cannot be an address. */
export function mailboxOf(text: string): Mailbox | null {
  const lower = text.trim().toLowerCase();
  const address = ASCII_ADDRESS.test(lower) && lower.length <= 254 ? lower : normaliseEmail(undisguised(text));
  if (address === null) return null;
  const at = address.lastIndexOf('@');
  const written = address.slice(at + 1);
  const provider = providerOf(written);
  const local = address.slice(0, at);
  const untagged = cut(local, provider?.tag ?? '+');
  const name = plainCode(untagged);
  return {
    address: provider === null ? address : mailboxAt(provider, provider.tag === null ? local : untagged, written),
    name: name.length < SHORTEST_NAME ? null : name,
  };
}

function mailboxAt({ domain, dots }: Provider, local: string, written: string): string {
  return `${dots ? local.replaceAll('.', '') : local}@${domain ?? written}`;
}

function providerOf(domain: string): Provider | null {
  const known = PROVIDERS.get(domain);
  if (known !== undefined) return known;
  if (MICROSOFT.test(domain)) return PLUS;
  return YAHOOS.test(domain) ? YAHOO : null;
}

function cut(local: string, tag: string): string {
  const at = local.indexOf(tag);
  return at > 0 ? local.slice(0, at) : local;
}
