import { createHash } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Credentials, PlatformFault, Reach } from '../../../ports/platforms.ts';

/*
 * Three ways to a token. A token of the shop's own older custom app is typed in (`accessToken`), and one from signing in lies in the same
 * place; both last. An app of the Dev Dashboard gets one for a day with its client id and secret (the client credentials grant).
 */

const granted = z.looseObject({
  access_token: z.string().min(1),
  scope: z.string().nullish(),
  expires_in: z.number().nullish(),
});

/** Tokens of a day, kept for as long as they last: a matter of speed alone, since any can be had again at any time. */
const TOKENS = new Map<string, { readonly token: string; readonly until: number }>();
const MOST_TOKENS = 200;
/** A token that ends while it is being used is of no use. */
const MARGIN_MS = 120_000;

/** The token to ask with. */
export async function tokenOf(reach: Reach): Promise<Result<string, PlatformFault>> {
  const { accessToken, clientId, clientSecret } = reach.credentials;
  if (filled(accessToken)) return ok(accessToken);
  if (!filled(clientId) || !filled(clientSecret)) return err({ kind: 'unauthorised' });
  const key = tokenKey(reach.connection.address, reach.credentials);
  const kept = TOKENS.get(key);
  if (kept !== undefined && kept.until - MARGIN_MS > reach.now) return ok(kept.token);
  const got = await requestToken(reach.fetch, reach.connection.address, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  if (!got.ok) return got;
  const oldest = TOKENS.keys().next().value;
  if (TOKENS.size >= MOST_TOKENS && oldest !== undefined) TOKENS.delete(oldest);
  TOKENS.set(key, { token: got.value.token, until: reach.now + got.value.seconds * 1_000 });
  return ok(got.value.token);
}

/** Forgets a token that was refused; true where another can be had at once. */
export function forgetToken(reach: Reach): boolean {
  return !filled(reach.credentials.accessToken) && TOKENS.delete(tokenKey(reach.connection.address, reach.credentials));
}

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

const tokenKey = (address: string, { clientId = '', clientSecret = '' }: Credentials): string =>
  createHash('sha256').update(`${address}\n${clientId}\n${clientSecret}`).digest('base64');

/** Asks a shop for a token; by which right, `form` says. */
export async function requestToken(
  fetcher: typeof fetch,
  address: string,
  form: Readonly<Record<string, string>>,
): Promise<Result<{ readonly token: string; readonly scopes: string; readonly seconds: number }, PlatformFault>> {
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetcher(`https://${address}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
    });
    body = await answer.json().catch(() => null);
  } catch (error) {
    return err({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'no answer' });
  }
  if (answer.status === 429)
    return err({ kind: 'limited', retryAfterMs: retryAfter(answer.headers.get('retry-after')) });
  if (answer.status >= 500) return err({ kind: 'unavailable', detail: `HTTP ${answer.status}` });
  // Wrong id or secret, not installed, another organisation's shop: in each case a person must look at how it is connected.
  if (!answer.ok) return err(answer.status === 404 ? { kind: 'gone' } : { kind: 'unauthorised' });
  const read = granted.safeParse(body);
  if (!read.success) return err({ kind: 'drift', path: 'access_token' });
  return ok({ token: read.data.access_token, scopes: read.data.scope ?? '', seconds: read.data.expires_in ?? 86_399 });
}

/** Milliseconds of a Retry-After header in seconds; two seconds where there is none. */
export const retryAfter = (header: string | null): number => {
  const seconds = Number(header ?? '2');
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(Math.min(seconds, 600) * 1_000) : 2_000;
};
