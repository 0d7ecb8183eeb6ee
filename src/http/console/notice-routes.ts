import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { fileRoutes } from '../../contracts/files.ts';
import type { IssuedNoticeView, NoticePreview, NoticeView } from '../../contracts/notices.ts';
import type { Block, IssuedNotice, NoticeDocument } from '../../core/notices/types.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { type CustomerId, id, isUuid, type NoticeId, type ProposalId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { ConsoleReads } from '../../ports/console.ts';
import type { Languages } from '../../ports/languages.ts';
import type { Refused } from '../../workflows/desk/refused.ts';
import type { SessionDeps } from '../../workflows/desk/sessions.ts';
import type { NoticeDeps } from '../../workflows/notices/known.ts';
import { type Preview, type PreviewWish, previewMeasure, previewProposal } from '../../workflows/notices/preview.ts';
import { lookOfShop } from '../../workflows/notices/setting.ts';
import { guard, working } from '../guard.ts';
import { printPage } from '../notice-page/page.ts';
import { problem, refused, sendProblem } from '../problem.ts';
import { readUntil } from './acting-routes.ts';
import { outboxViews } from './mail-routes.ts';
import type { RegisterRoute } from './route.ts';

/** How many notices of one customer are listed: the newest. */
const MOST_LISTED = 200;

export interface NoticeRouteDeps extends NoticeDeps, SessionDeps {
  readonly reads: Pick<ConsoleReads, 'faces'>;
}

/** What customers would be told, and what they were. */
export function noticeRoutesOf(app: FastifyInstance, route: RegisterRoute, deps: NoticeRouteDeps): void {
  const { store, languages, reads } = deps;

  route('POST /api/shops/:shop/review/:id/notice', async ({ shop, session, params, body, language: reader }) => {
    const wish = readWish(body);
    if (!wish.ok) return refused(wish.error);
    const asking = { shop, by: session.staff.id, reader };
    const made = await previewProposal(deps, asking, id<ProposalId>(params.id), wish.value);
    return made.ok ? previewView(made.value, languages) : refused(made.error);
  });

  route('POST /api/shops/:shop/customers/:id/notice', async ({ shop, session, params, body, language: reader }) => {
    const wish = readWish(body);
    if (!wish.ok) return refused(wish.error);
    const asking = { shop, by: session.staff.id, reader };
    const made = await previewMeasure(deps, asking, id<CustomerId>(params.id), wish.value);
    return made.ok ? previewView(made.value, languages) : refused(made.error);
  });

  route('GET /api/shops/:shop/customers/:id/notices', async ({ shop, params }) => {
    const notices = await store.notices.of(shop.id, id<CustomerId>(params.id), MOST_LISTED);
    const ways = await store.outbox.ofNotices(
      shop.id,
      notices.map((notice) => notice.id),
    );
    return {
      items: notices.map((notice) => ({
        id: notice.id,
        kind: notice.kind,
        measure: notice.measure,
        appeal: notice.appeal,
        issuedAt: formatInstant(notice.issuedAt),
        subject: notice.document.subject,
        language: notice.language,
        state: ways.find((row) => row.notice === notice.id)?.state ?? null,
      })),
    };
  });

  route('GET /api/shops/:shop/notices/:id', async ({ shop, params }) => {
    const notice = await store.notices.one(shop.id, id<NoticeId>(params.id));
    if (notice === null) return problem(404, 'There is no such notice.');
    const [[way], faces] = await Promise.all([
      store.outbox.ofNotices(shop.id, [notice.id]).then((rows) => outboxViews(deps, rows.slice(0, 1))),
      reads.faces(shop.id, [notice.customer]),
    ]);
    const face = faces.get(notice.customer);
    return {
      ...issuedView(notice),
      customer: { id: notice.customer, name: face?.name ?? null, externalId: face?.externalId ?? null },
      outbox: way ?? null,
    };
  });

  const PRINT = 'GET /api/shops/:shop/notices/:id/print';
  app.get(
    '/api/shops/:shop/notices/:id/print',
    {
      onRequest: guard(deps, fileRoutes[PRINT].access),
      schema: {
        tags: ['internal'],
        summary: fileRoutes[PRINT].summary,
        params: printParams,
        response: { '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { shop } = working(request);
      const { id: wanted } = printParams.parse(request.params);
      const notice = isUuid(wanted) ? await store.notices.one(shop.id, id<NoticeId>(wanted)) : null;
      if (notice === null) return sendProblem(reply, problem(404, 'There is no such notice.'));
      const { name = null } = (await reads.faces(shop.id, [notice.customer])).get(notice.customer) ?? {};
      const page = printPage({ notice, language: languages.of(notice.language), look: lookOfShop(shop), shop, name });
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', page.policy)
        .send(page.html);
    },
  );
}

const printParams = z.object({ shop: z.string(), id: z.string().max(60) });

interface WishBody extends Omit<PreviewWish, 'effect'> {
  readonly effect?: (Omit<NonNullable<PreviewWish['effect']>, 'until'> & { readonly until: string }) | undefined;
}

function readWish({ effect, ...rest }: WishBody): Result<PreviewWish, Refused> {
  if (effect === undefined) return ok(rest);
  const until = readUntil(effect.until);
  return until.ok ? ok({ ...rest, effect: { ...effect, until: until.value } }) : err(until.error);
}

function previewView(preview: Preview, languages: Languages): NoticePreview {
  return {
    document: documentView(preview.document),
    theirs: preview.theirs.code,
    languages: languages.all.map(({ code, name }) => ({ code, name })),
    readability: preview.readability === null ? null : { ...preview.readability },
    findings: preview.findings.map((finding) => ({ ...finding })),
  };
}

function issuedView(notice: IssuedNotice): Omit<IssuedNoticeView, 'customer' | 'outbox'> {
  return {
    id: notice.id,
    kind: notice.kind,
    measure: notice.measure,
    appeal: notice.appeal,
    issuedAt: formatInstant(notice.issuedAt),
    document: documentView(notice.document),
    text: notice.text,
  };
}

/** A document as the contract has it. Both say the same; this one may be changed. */
function documentView(document: NoticeDocument): NoticeView {
  return {
    ...document,
    sections: document.sections.map((section) => ({ ...section, blocks: section.blocks.map(blockView) })),
  };
}

function blockView(block: Block): NoticeView['sections'][number]['blocks'][number] {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      return { kind: block.kind, words: [...block.words] };
    case 'list':
      return { kind: block.kind, items: block.items.map((item) => [...item]) };
    case 'facts':
      return { kind: block.kind, rows: [...block.rows] };
    case 'link':
      return { ...block };
    default:
      return assertNever(block);
  }
}
