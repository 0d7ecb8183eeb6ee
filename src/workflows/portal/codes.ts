import { normaliseEmail } from '../../core/identity/email.ts';
import type { CustomerId, ShopId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type { Shop, Vault } from '../../ports.ts';
import { codeMail } from './mails.ts';
import { type OpenedPortal, openPortal } from './sessions.ts';
import type { AccessDeps, NotIn } from './types.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How long a code works. */
export const CODE_MINUTES = 10;
const DIGITS = 6;

/** Within this stretch of time so many codes may be asked for, and so many tried: a mailbox is not flooded and nobody guesses. */
const STRETCH = 15 * MINUTE;
const CODES_PER_ADDRESS = 5;
const CODES_PER_CALLER = 20;
const CODES_PER_SHOP = 600;
const TRIES_PER_CALLER = 40;

/** A code on its way, or not: nobody but the mailbox can tell. */
export interface AskedCode {
  readonly id: string;
}

/**
 * Sends a code to whoever has this address and this order. For strangers all the same is done but the sending, so that the answer
 * tells nobody who is a customer. `caller` is a keyed hash of where the request came from.
 */
export async function askForCode(
  deps: AccessDeps,
  shop: Shop,
  asked: { readonly order: string; readonly email: string; readonly caller: Buffer; readonly language: Language },
): Promise<Result<AskedCode, NotIn>> {
  const email = normaliseEmail(asked.email);
  const address = deps.vault.portalHash(shop.id, 'address', email ?? asked.email.slice(0, 300).toLowerCase());
  const limited = await admitCode(deps, shop.id, address, asked.caller);
  if (limited !== null) return err(limited);
  const customer = email === null ? null : await ownerOf(deps, shop.id, email);
  const theirs = await deps.store.portal.hasOrder(shop.id, customer, orderSpellings(asked.order));
  return ok(await sendCode(deps, shop, theirs && email !== null ? { customer, to: email } : null, asked.language));
}

/**
 * Sends a code to the address the shop has of a customer who is already known. Null: it has none. `caller` as in `askForCode`.
 */
export async function askForOwnCode(
  deps: AccessDeps,
  shop: Shop,
  customer: CustomerId,
  { caller, language }: { readonly caller: Buffer; readonly language: Language },
): Promise<Result<AskedCode, NotIn> | null> {
  const to = (await deps.store.ledger.shownOf(shop.id, [customer])).get(customer)?.email;
  if (to === undefined) return null;
  const address = deps.vault.portalHash(shop.id, 'address', normaliseEmail(to) ?? to);
  const limited = await admitCode(deps, shop.id, address, caller);
  if (limited !== null) return err(limited);
  return ok(await sendCode(deps, shop, { customer, to }, language));
}

/** Whose code it is, once: it is used up. Counts tries of the code, of its customer within a day, and of the caller. */
export async function redeemCode(
  deps: AccessDeps,
  shop: Shop,
  given: { readonly id: string; readonly code: string; readonly caller: Buffer },
): Promise<Result<CustomerId, NotIn>> {
  const caller = deps.vault.portalHash(shop.id, 'caller', `tries ${given.caller.toString('hex')}`);
  const limited = await admit(deps, [{ hash: caller, limit: TRIES_PER_CALLER }]);
  if (limited !== null) return err(limited);
  const hash = codeHash(deps.vault, shop.id, given.id, given.code.replace(/[\s-]/g, ''));
  const customer = await deps.store.portal.tryCode(shop.id, given.id, hash, deps.clock.now());
  return customer === null ? err({ kind: 'wrong' }) : ok(customer);
}

/** Opens the portal with a code. */
export async function enterWithCode(
  deps: AccessDeps,
  shop: Shop,
  given: {
    readonly id: string;
    readonly code: string;
    readonly caller: Buffer;
    readonly earlierToken: string | null;
  },
): Promise<Result<OpenedPortal, NotIn>> {
  const customer = await redeemCode(deps, shop, given);
  return customer.ok ? ok(await openPortal(deps, shop.id, customer.value, 'code', given.earlierToken)) : customer;
}

async function ownerOf(deps: AccessDeps, shop: ShopId, email: string): Promise<CustomerId | null> {
  const key = `email:${deps.vault.identifierHash(shop, 'email', email).toString('hex')}`;
  return (await deps.store.enforcement.customersOf(shop, [key])).get(key) ?? null;
}

/** An order number as people type it: with spaces around, with the sign some shops print before it, in small letters. */
function orderSpellings(typed: string): readonly string[] {
  const trimmed = typed.normalize('NFKC').trim().slice(0, 120);
  const bare = trimmed.replace(/^(#|№|no\.?\s)\s*/i, '');
  return [...new Set([trimmed, bare, `#${bare}`, bare.toUpperCase(), bare.toLowerCase()])].filter(
    (text) => text !== '',
  );
}

async function sendCode(
  deps: AccessDeps,
  shop: Shop,
  whom: { readonly customer: CustomerId | null; readonly to: string } | null,
  language: Language,
): Promise<AskedCode> {
  const now = deps.clock.now();
  const id = deps.ids.next<string>();
  const code = newCode(deps.vault);
  // Made for strangers as well: the same work, and nothing that tells them apart.
  const envelope = codeMail(shop, language, whom?.to ?? 'nobody@invalid', { code, minutes: CODE_MINUTES });
  await deps.store.portal.tidy((now - DAY) as Instant);
  await deps.store.transaction(async (store) => {
    await store.portal.addCode(shop.id, {
      id,
      customer: whom?.customer ?? null,
      codeHash: codeHash(deps.vault, shop.id, id, code),
      expiresAt: (now + CODE_MINUTES * MINUTE) as Instant,
    });
    if (whom !== null)
      await store.outbox.tell(shop.id, {
        cause: { kind: 'portal.code' },
        audience: 'customer',
        customer: whom.customer,
        envelope,
        at: now,
      });
  });
  return { id };
}

/** Six figures, each as likely as any other. */
function newCode(vault: Vault): string {
  const most = 10 ** DIGITS;
  const fair = Math.floor(2 ** 32 / most) * most;
  for (;;) {
    const drawn = vault.randomBytes(4).readUInt32BE();
    if (drawn < fair) return String(drawn % most).padStart(DIGITS, '0');
  }
}

const codeHash = (vault: Vault, shop: ShopId, id: string, code: string): Buffer =>
  vault.portalHash(shop, 'code', `${id} ${code}`);

function admitCode(deps: AccessDeps, shop: ShopId, address: Buffer, caller: Buffer): Promise<NotIn | null> {
  return admit(deps, [
    { hash: address, limit: CODES_PER_ADDRESS },
    { hash: deps.vault.portalHash(shop, 'caller', `codes ${caller.toString('hex')}`), limit: CODES_PER_CALLER },
    { hash: deps.vault.portalHash(shop, 'shop', 'codes'), limit: CODES_PER_SHOP },
  ]);
}

async function admit(
  deps: AccessDeps,
  subjects: readonly { readonly hash: Buffer; readonly limit: number }[],
): Promise<NotIn | null> {
  const now = deps.clock.now();
  const answer = await deps.attempts.admit(subjects, now, (now - STRETCH) as Instant);
  return answer.admitted
    ? null
    : { kind: 'too-many', retryAfterSeconds: Math.max(1, Math.ceil((answer.oldest + STRETCH - now) / 1000)) };
}
