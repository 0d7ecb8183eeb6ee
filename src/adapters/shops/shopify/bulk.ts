import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformFault, Reach } from '../../../ports/platforms.ts';
import { ask, objection, userErrors } from './api.ts';
import { BULK_STATUS, RUN_BULK } from './queries.ts';

const started = z.looseObject({
  bulkOperationRunQuery: z.looseObject({
    bulkOperation: z.looseObject({ id: z.string() }).nullable(),
    userErrors,
  }),
});

const count = z.union([z.string(), z.number()]).transform(Number);
const state = z.looseObject({
  bulkOperation: z
    .looseObject({
      id: z.string(),
      status: z.string(),
      errorCode: z.string().nullish(),
      url: z.string().nullish(),
      rootObjectCount: count,
    })
    .nullable(),
});

/** `busy`: as many are running as Shopify allows (five of an app at a shop). */
export type Started = { readonly id: string } | 'busy';

/** Has a query answered into a file. */
export async function startBulk(reach: Reach, query: string): Promise<Result<Started, PlatformFault>> {
  const asked = await ask(reach, RUN_BULK, { query }, started);
  if (!asked.ok) return asked;
  const { bulkOperation, userErrors: errors } = asked.value.data.bulkOperationRunQuery;
  if (errors.some(({ code }) => code === 'OPERATION_IN_PROGRESS' || code === 'LIMIT_REACHED')) return ok('busy');
  const objected = objection(errors);
  if (objected !== null) return err(objected);
  return bulkOperation === null
    ? err({ kind: 'drift', path: 'bulkOperationRunQuery.bulkOperation' })
    : ok({ id: bulkOperation.id });
}

export type BulkState =
  | { readonly kind: 'running'; readonly roots: number }
  /** `url` null: there was nothing to tell. */
  | { readonly kind: 'done'; readonly url: string | null; readonly roots: number }
  /** Given up by Shopify, or its file is no longer kept. It can be started again. */
  | { readonly kind: 'lost' };

export async function bulkState(reach: Reach, id: string): Promise<Result<BulkState, PlatformFault>> {
  const asked = await ask(reach, BULK_STATUS, { id }, state);
  if (!asked.ok) return asked;
  const operation = asked.value.data.bulkOperation;
  if (operation === null) return ok({ kind: 'lost' });
  const roots = operation.rootObjectCount;
  switch (operation.status) {
    case 'CREATED':
    case 'RUNNING':
    case 'CANCELING':
      return ok({ kind: 'running', roots });
    case 'COMPLETED':
      return ok({ kind: 'done', url: operation.url ?? null, roots });
    default:
      return operation.errorCode === 'ACCESS_DENIED' ? err({ kind: 'forbidden', scope: null }) : ok({ kind: 'lost' });
  }
}

export interface Stretch {
  readonly bytes: Buffer;
  /** Nothing follows. */
  readonly end: boolean;
}

/** Up to `size` bytes of a file from `at` on, and no more in memory at once. Null: the file is not kept any longer. */
export async function readStretch(
  reach: Reach,
  url: string,
  at: number,
  size: number,
): Promise<Result<Stretch | null, PlatformFault>> {
  try {
    const answer = await reach.fetch(url, {
      headers: { range: `bytes=${at}-${at + size - 1}`, 'accept-encoding': 'identity' },
    });
    if (answer.status === 416) return ok({ bytes: Buffer.alloc(0), end: true });
    if ([401, 403, 404, 410].includes(answer.status)) return ok(null);
    if (answer.status === 429) return err({ kind: 'limited', retryAfterMs: 2_000 });
    if (answer.status !== 200 && answer.status !== 206)
      return err({ kind: 'unavailable', detail: `HTTP ${answer.status}` });
    // A server that knows no ranges begins at the beginning.
    const skip = answer.status === 206 ? 0 : at;
    const whole = await take(answer, skip, size);
    const total = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
    return ok({
      bytes: whole.bytes,
      end: Number.isNaN(total) ? whole.ended : at + whole.bytes.length >= total,
    });
  } catch (error) {
    return err({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'the file broke off' });
  }
}

async function take(answer: Response, skip: number, size: number): Promise<{ bytes: Buffer; ended: boolean }> {
  const reader = answer.body?.getReader();
  if (reader === undefined) return { bytes: Buffer.alloc(0), ended: true };
  const pieces: Uint8Array[] = [];
  let skipped = 0;
  let kept = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: Buffer.concat(pieces), ended: true };
    const from = Math.min(skip - skipped, value.length);
    skipped += from;
    const piece = value.subarray(from, from + size - kept);
    if (piece.length > 0) pieces.push(piece);
    kept += piece.length;
    if (kept === size && skipped === skip) {
      // What is left over is more of the file; whether any is does not matter, since the next stretch says so.
      await reader.cancel().catch(() => undefined);
      return { bytes: Buffer.concat(pieces), ended: false };
    }
  }
}
