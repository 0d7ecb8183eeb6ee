import { createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok } from '../../../core/shared/result.ts';
import type { PlatformAuthorisation } from '../../../ports/platforms.ts';
import { requestToken } from './access.ts';
import { SCOPES } from './scopes.ts';

/** As long as Shopify's own library lets pass between the sending back and its reading. */
const TOLERANCE_S = 90;

/** The authorisation code grant: for an app that Shopify lets be installed from a link. Gives a token that lasts. */
export const authorise: PlatformAuthorisation = {
  needed: ({ accessToken, signIn }) => accessToken === undefined && signIn !== undefined && signIn.trim() !== '',
  begin({ address, credentials, state, callback }) {
    const asked = new URLSearchParams({
      client_id: credentials.clientId ?? '',
      scope: SCOPES.map(({ name }) => name).join(','),
      redirect_uri: callback,
      state,
    });
    return `https://${address}/admin/oauth/authorize?${asked}`;
  },
  async finish({ address, credentials, state, query, fetch: fetcher, now }) {
    const { clientId = '', clientSecret = '' } = credentials;
    const sentAt = Number(query.timestamp);
    const fresh = Number.isInteger(sentAt) && Math.abs(now / 1_000 - sentAt) <= TOLERANCE_S;
    if (!fresh || query.state !== state || query.shop?.toLowerCase() !== address || !isSigned(query, clientSecret))
      return err({ kind: 'unauthorised' });
    const got = await requestToken(fetcher, address, {
      client_id: clientId,
      client_secret: clientSecret,
      code: query.code ?? '',
    });
    return got.ok ? ok({ ...credentials, accessToken: got.value.token }) : got;
  },
};

/** Whether Shopify signed these parameters with the app's secret, in constant time. */
export function isSigned(query: Readonly<Record<string, string>>, secret: string): boolean {
  const named = Object.keys(query)
    .filter((name) => name !== 'hmac' && name !== 'signature')
    .sort()
    .map((name) => [name, query[name] ?? '']);
  const message = new URLSearchParams(named).toString().replaceAll('+', '%20');
  const expected = createHmac('sha256', secret).update(message).digest();
  const given = Buffer.from(query.hmac ?? '', 'hex');
  return secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
}
