import { type AdminApiClient, createAdminApiClient } from '@shopify/admin-api-client';
import { ApiVersion } from '@shopify/shopify-api';
import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformFault, Reach } from '../../../ports/platforms.ts';
import { forgetToken, retryAfter, tokenOf } from './access.ts';

export const API_VERSION = ApiVersion.October26;

/** What a question cost of the bucket that Shopify keeps for this app at this shop. */
export interface Cost {
  readonly requested: number;
  readonly available: number;
  /** Points a second. */
  readonly restoreRate: number;
}

export interface Answer<T> {
  readonly data: T;
  readonly cost: Cost | null;
}

type Asked<T> = Promise<Result<Answer<T>, PlatformFault>>;
type Response_ = Awaited<ReturnType<AdminApiClient['request']>>;

/** Asks the Admin API one thing. What went wrong is a value, and so is an answer that lacks what `shape` says it must have. */
export async function ask<T>(
  reach: Reach,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  shape: z.ZodType<T>,
): Asked<T> {
  const first = await askOnce(reach, query, variables, shape);
  // A token of a day may have been taken back before its time.
  if (!first.ok && first.error.kind === 'unauthorised' && forgetToken(reach))
    return askOnce(reach, query, variables, shape);
  return first;
}

async function askOnce<T>(
  reach: Reach,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  shape: z.ZodType<T>,
): Asked<T> {
  const token = await tokenOf(reach);
  if (!token.ok) return token;
  const client = createAdminApiClient({
    storeDomain: reach.connection.address,
    apiVersion: API_VERSION,
    accessToken: token.value,
    userAgentPrefix: 'Evenhand',
    customFetchApi: (url, init) => reach.fetch(url, init),
    logger: () => undefined,
  });
  const answer = await client.request(query, { variables: { ...variables } });
  const fault = faultOf(answer);
  if (fault !== null) return err(fault);
  const read = shape.safeParse(answer.data);
  if (!read.success) return err({ kind: 'drift', path: read.error.issues[0]?.path.join('.') ?? 'data' });
  return ok({ data: read.data, cost: costOf(answer) });
}

function faultOf(answer: Response_): PlatformFault | null {
  const { errors } = answer;
  if (errors === undefined) return null;
  const status = errors.networkStatusCode;
  if (errors.graphQLErrors !== undefined && errors.graphQLErrors.length > 0)
    return graphFault(answer, errors.graphQLErrors[0]);
  if (status === undefined || status >= 500)
    return { kind: 'unavailable', detail: status === undefined ? 'no answer' : `HTTP ${status}` };
  switch (status) {
    case 401:
      return { kind: 'unauthorised' };
    case 403:
      return { kind: 'forbidden', scope: null };
    case 404:
      return { kind: 'gone' };
    case 429:
      return { kind: 'limited', retryAfterMs: retryAfter(errors.response?.headers.get('retry-after') ?? null) };
    // The shop is frozen, or locked for a while.
    case 402:
    case 423:
      return { kind: 'unavailable', detail: `HTTP ${status}` };
    default:
      return status < 300 ? { kind: 'drift', path: 'data' } : { kind: 'refused', detail: `HTTP ${status}` };
  }
}

const graphError = z.looseObject({
  message: z.string().catch(''),
  extensions: z.looseObject({ code: z.string().nullish(), requiredAccess: z.string().nullish() }).nullish(),
});

function graphFault(answer: Response_, first: unknown): PlatformFault {
  const read = graphError.safeParse(first);
  if (!read.success) return { kind: 'drift', path: 'errors' };
  const { message, extensions } = read.data;
  switch (extensions?.code) {
    case 'THROTTLED': {
      const cost = costOf(answer);
      return { kind: 'limited', retryAfterMs: cost === null ? 1_000 : Math.max(waitFor(cost.requested, cost), 100) };
    }
    case 'ACCESS_DENIED':
      return { kind: 'forbidden', scope: scopeIn(extensions.requiredAccess ?? message) };
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
    case 'SHOP_INACTIVE':
      return { kind: 'unavailable', detail: extensions.code };
    default:
      return { kind: 'refused', detail: message.slice(0, 300) };
  }
}

/** The first scope that Shopify names as needed ("`write_returns` access scope or …"). */
const scopeIn = (text: string): string | null => /\b((?:read|write)_[a-z_]+)\b/.exec(text)?.[1] ?? null;

function costOf(answer: Response_): Cost | null {
  const cost = answer.extensions?.cost;
  const { currentlyAvailable, restoreRate } = cost?.throttleStatus ?? {};
  if (cost?.requestedQueryCost === undefined || currentlyAvailable === undefined || restoreRate === undefined)
    return null;
  return { requested: cost.requestedQueryCost, available: currentlyAvailable, restoreRate };
}

/** How long until `points` are there, in milliseconds. */
export const waitFor = (points: number, { available, restoreRate }: Cost): number =>
  available >= points || restoreRate <= 0 ? 0 : Math.ceil(((points - available) / restoreRate) * 1_000);

/** What a mutation objects to. */
export const userErrors = z.array(z.looseObject({ message: z.string(), code: z.string().nullish() }));
export type UserErrors = z.infer<typeof userErrors>;

const gone = ['NOT_FOUND', 'OWNER_NOT_FOUND', 'CUSTOMER_NOT_FOUND', 'FULFILLMENT_ORDER_NOT_FOUND'];

/** Null: it objects to nothing. Codes in `fine` say that it was done before. */
export function objection(errors: UserErrors, fine: readonly string[] = []): PlatformFault | null {
  const [first] = errors.filter(({ code }) => !fine.includes(code ?? ''));
  if (first === undefined) return null;
  if (gone.includes(first.code ?? '')) return { kind: 'gone' };
  if (first.code === 'MISSING_PERMISSION' || first.code === 'NO_REFUND_PERMISSION')
    return { kind: 'forbidden', scope: null };
  if (first.code === 'INTERNAL_ERROR') return { kind: 'unavailable', detail: first.message.slice(0, 300) };
  return { kind: 'refused', detail: first.message.slice(0, 300) };
}
