import type { OutboxRowView } from '../../contracts/notices.ts';
import { type CustomerId, id } from '../../core/shared/brand.ts';
import type { Result } from '../../core/shared/result.ts';
import { formatInstant, instant } from '../../core/shared/time.ts';
import type { ConsoleReads, Face } from '../../ports/console.ts';
import type { MailServer, OutboxRow } from '../../ports/hearing.ts';
import type { Refused } from '../../workflows/desk/refused.ts';
import { messageCameBack, messagePrinted, retryMessage } from '../../workflows/mail/on-their-way.ts';
import { forgetMailServer, setMailServer, testMail } from '../../workflows/mail/settings.ts';
import { type HandOverDeps, mailServerOf } from '../../workflows/notices/hand-over.ts';
import { pageOf, readCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull } from './views.ts';

export interface MailDeps extends Omit<HandOverDeps, 'onFault'> {
  readonly reads: Pick<ConsoleReads, 'faces'>;
}

/** Messages on their way, and the mail server that takes them. */
export function mailRoutes(route: RegisterRoute, deps: MailDeps): void {
  const { store } = deps;

  route('GET /api/shops/:shop/outbox', async ({ shop, query }) => {
    const after = readCursor(query.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    const [rows, counts, server] = await Promise.all([
      store.outbox.list(shop.id, {
        states: query.state === undefined ? [] : [query.state],
        after: after === null ? null : { at: instant(after.value), id: after.id },
        limit: query.limit + 1,
      }),
      store.outbox.counts(shop.id),
      mailServerOf(deps, shop),
    ]);
    const page = pageOf(rows, query.limit, (last) => ({ value: last.createdAt, id: last.id }));
    return { items: [...(await outboxViews(deps, page.items))], next: page.next, counts, mailServer: server !== null };
  });

  route('POST /api/shops/:shop/outbox/:id/retry', async ({ shop, params }) =>
    done(await retryMessage(deps, shop, params.id)),
  );
  route('POST /api/shops/:shop/outbox/:id/printed', async ({ shop, params }) =>
    done(await messagePrinted(deps, shop, params.id)),
  );
  route('POST /api/shops/:shop/outbox/:id/bounced', async ({ shop, params }) =>
    done(await messageCameBack(deps, shop, params.id)),
  );

  route('GET /api/shops/:shop/mail', async ({ shop }) =>
    settingsOf(await store.mailServers.of(shop.id), deps.mailServer !== null),
  );

  route('PUT /api/shops/:shop/mail', async ({ shop, session, body }) => {
    const set = await setMailServer(deps, shop, session.staff, body);
    return set.ok ? settingsOf(set.value, deps.mailServer !== null) : refused(set.error);
  });

  route('DELETE /api/shops/:shop/mail', async ({ shop, session }) => {
    await forgetMailServer(deps, shop, session.staff);
    return { ok: true };
  });

  route('POST /api/shops/:shop/mail/test', async ({ shop, session, language }) =>
    testMail(deps, shop, session.staff, language),
  );
}

/** Messages as the console shows them, with names and subjects in two queries however many they are. */
export async function outboxViews(
  { store, reads }: Pick<MailDeps, 'store' | 'reads'>,
  rows: readonly OutboxRow[],
): Promise<readonly OutboxRowView[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const [subjects, faces] = await Promise.all([
    store.outbox.subjects(
      first.shop,
      rows.map((row) => row.id),
    ),
    reads.faces(
      first.shop,
      rows.flatMap(({ customer }) => customer ?? []),
    ),
  ]);
  return rows.map((row) => viewOf(row, subjects.get(row.id) ?? null, faces));
}

function viewOf(row: OutboxRow, subject: string | null, faces: ReadonlyMap<CustomerId, Face>): OutboxRowView {
  const face = row.customer === null ? null : (faces.get(row.customer) ?? noFace(row.customer));
  return {
    id: row.id,
    kind: row.cause.kind,
    audience: row.audience,
    customer: face === null ? null : { id: face.id, name: face.name, externalId: face.externalId },
    subject,
    state: row.state,
    attempts: row.attempts,
    trouble: row.trouble,
    error: row.error,
    createdAt: formatInstant(row.createdAt),
    sentAt: atOrNull(row.sentAt),
    nextAt: row.state === 'waiting' || row.state === 'due' ? formatInstant(row.nextAt) : null,
    notice: row.notice,
    messageId: row.messageId,
  };
}

const noFace = (customer: CustomerId): Face => ({ id: id<CustomerId>(customer), name: null, externalId: null });

function settingsOf(server: MailServer | null, installation: boolean) {
  return {
    configured: server !== null,
    installation,
    host: server?.host ?? '',
    port: server?.port ?? 587,
    security: server?.security ?? 'starttls',
    user: server?.user ?? null,
    hasPassword: (server?.password ?? null) !== null,
    from: server?.from ?? '',
    fromName: server?.fromName ?? null,
    dkim:
      server === null || server.dkim === null ? null : { domain: server.dkim.domain, selector: server.dkim.selector },
  };
}

const done = (result: Result<true, Refused>) => (result.ok ? { ok: true as const } : refused(result.error));
