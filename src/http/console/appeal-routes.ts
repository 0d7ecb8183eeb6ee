import type { AppealPreview, AppealRow } from '../../contracts/appeals.ts';
import type { Verdict, Why } from '../../core/appeals/outcome.ts';
import { suggestedOutcome } from '../../core/appeals/outcome.ts';
import { ruleTraceJson } from '../../core/policy/trace-json.ts';
import { type AppealId, type CustomerId, type EventId, id } from '../../core/shared/brand.ts';
import type { Result } from '../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import { type Language, say } from '../../core/shared/words.ts';
import type { Face } from '../../ports/console.ts';
import { appealList, type ListedAppeal, listedOf } from '../../workflows/appeals/appeal-list.ts';
import { type AppealPage, type AppealPageDeps, appealPage } from '../../workflows/appeals/appeal-page.ts';
import { askCustomer } from '../../workflows/appeals/ask-customer.ts';
import { decideAppeal } from '../../workflows/appeals/decide-appeal.ts';
import { previewOutcome } from '../../workflows/appeals/outcome.ts';
import { takeAppeal } from '../../workflows/appeals/take-appeal.ts';
import type { HearingRefused } from '../../workflows/appeals/types.ts';
import { invalid } from '../../workflows/desk/refused.ts';
import { pageOf, readCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, problem, refused } from '../problem.ts';
import { ProblemWords, REMARKS } from '../problem-words.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull, evidenceEntry, measureView, type Reader, readerOf, ruleTitle, traceView } from './views.ts';

/** Appeals and applications, as staff hear them. */
export function appealRoutes(route: RegisterRoute, deps: AppealPageDeps): void {
  const remarks = new ProblemWords(deps.languages, REMARKS);

  route('GET /api/shops/:shop/appeals', async ({ shop, query, language }) => {
    const after = readCursor(query.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    const [rows, counts, policy] = await Promise.all([
      appealList(deps, shop, {
        show: query.show,
        customer: query.customer === undefined ? null : id<CustomerId>(query.customer),
        after: after === null ? null : { at: after.value as Instant, id: after.id },
        limit: query.limit + 1,
      }),
      deps.store.appeals.counts(shop.id, deps.clock.now()),
      deps.policies.inForce(shop.id),
    ]);
    const reader = readerOf(language, policy.compiled.policy);
    const page = pageOf(rows, query.limit, ({ appeal }) => ({
      value: query.show === 'open' ? appeal.dueAt : (appeal.decidedAt ?? appeal.filedAt),
      id: appeal.id,
    }));
    return { items: page.items.map((each) => appealRow(each, reader)), next: page.next, ...counts };
  });

  route('GET /api/shops/:shop/appeals/:id', async ({ shop, session, role, params, language }) => {
    const by = { id: session.staff.id, role };
    const [page, policy] = await Promise.all([
      appealPage(deps, shop, by, id<AppealId>(params.id)),
      deps.policies.inForce(shop.id),
    ]);
    if (page === null) return noAppeal();
    const reader = readerOf(language, policy.compiled.policy);
    const { names, card, customer } = page;
    const record = { ...page.measure, customer };
    return {
      ...appealRow(listedOf(deps, shop, page.record, card, record, names), reader),
      language: page.appeal.language,
      exchange: page.exchange.map(({ at, from, kind, by: who, text, attachments }) => ({
        at: formatInstant(at),
        from,
        kind,
        name: who === null ? null : names(who).name,
        text,
        attachments: attachments.map((each) => ({ ...each })),
      })),
      disputed: [...page.appeal.disputed],
      measureDetail: measureView({ ...record, face: faceOf(page) }, reader),
      approvedBy: page.measure.approvedBy.map(names),
      traces: page.traces.map((trace) => traceView(trace, reader)),
      events: page.evidence.map((each) => evidenceEntry(each, remarks, language)),
      reason: page.reason,
      informationUntil: atOrNull(page.appeal.informationUntil),
      customerStanding: card.standing,
      earlier: page.earlier.map(({ id: other, type, state, filedAt }) => ({
        id: other,
        type,
        state,
        filedAt: formatInstant(filedAt),
      })),
      notices: page.notices.map(({ id: notice, kind, issuedAt }) => ({
        id: notice,
        kind,
        issuedAt: formatInstant(issuedAt),
      })),
      may: mayView(page, language),
      seen: page.seen,
    };
  });

  route('POST /api/shops/:shop/appeals/:id/take', async ({ shop, session, role, params }) =>
    done(await takeAppeal(deps, shop, { id: session.staff.id, role }, id<AppealId>(params.id))),
  );

  route('POST /api/shops/:shop/appeals/:id/ask', async ({ shop, session, role, params, body }) =>
    done(await askCustomer(deps, shop, { id: session.staff.id, role }, id<AppealId>(params.id), body.question)),
  );

  route('POST /api/shops/:shop/appeals/:id/preview', async ({ shop, session, params, body, language }) => {
    const [preview, policy] = await Promise.all([
      previewOutcome(deps, shop, session.staff.id, id<AppealId>(params.id), {
        corrections: corrections(body.corrections),
        lift: body.lift,
      }),
      deps.policies.inForce(shop.id),
    ]);
    if (preview === null) return noAppeal();
    if (preview === 'unknown-event')
      return refused(invalid('corrections', 'names something that is not a reported event of this customer'));
    const reader = readerOf(language, policy.compiled.policy);
    const { customer, appeal } = preview.case;
    const face = (await deps.reads.faces(shop.id, [customer])).get(customer) ?? {
      id: customer,
      name: null,
      externalId: null,
    };
    const { verdicts, standingThen } = preview.outcome;
    return {
      standingNow: preview.standingNow,
      standingThen: standingThen.standing,
      traces: preview.traces.map((trace) => traceView(ruleTraceJson(trace), reader)),
      consequences: verdicts.map((verdict) => consequenceView(verdict, face, reader)),
      suggests: suggestedOutcome(verdicts, appeal.measure),
    };
  });

  route('POST /api/shops/:shop/appeals/:id/decide', async ({ shop, session, role, params, body }) =>
    done(
      await decideAppeal(deps, shop, { id: session.staff.id, role }, id<AppealId>(params.id), {
        ...body,
        corrections: corrections(body.corrections),
      }),
    ),
  );
}

const noAppeal = () => problem(404, 'There is no such appeal.');

const done = (outcome: Result<unknown, HearingRefused>) =>
  outcome.ok ? { ok: true as const } : refused(outcome.error);

const corrections = (given: readonly { event: string; as: 'void' | 'shop_fault' }[]) =>
  given.map(({ event, as }) => ({ event: id<EventId>(event), as }));

const faceOf = ({ card }: AppealPage): Face => ({ id: card.id, name: card.name, externalId: card.externalId });

export function appealRow(
  { appeal, face, measure, overdue, workingDays, names }: ListedAppeal,
  { policy }: Reader,
): AppealRow {
  const [rule] = measure.rules;
  return {
    id: appeal.id,
    customer: { id: face.id, name: face.name, externalId: face.externalId },
    measure: { id: measure.id, type: measure.type, title: rule === undefined ? '' : ruleTitle(policy, rule) },
    type: appeal.type,
    state: appeal.state,
    ground: appeal.ground,
    round: appeal.round,
    filedAt: formatInstant(appeal.filedAt),
    dueAt: formatInstant(appeal.dueAt),
    overdue,
    workingDays,
    reviewer: appeal.reviewer === null ? null : names(appeal.reviewer),
    decidedAt: atOrNull(appeal.decidedAt),
    decidedBy: appeal.decidedBy === null ? null : names(appeal.decidedBy),
  };
}

function mayView({ may }: AppealPage, language: Language) {
  const { take, ask, decide, why, from } = may;
  return { take, ask, decide, why: why === null ? null : say(language, `appeals.may.${why}`), from: atOrNull(from) };
}

function consequenceView(
  { measure, result, why, effect }: Verdict,
  face: Face,
  reader: Reader,
): AppealPreview['consequences'][number] {
  return {
    measure: measureView({ ...measure, customer: face.id, face }, reader),
    result,
    why: whyWords(reader.language, why),
    until: atOrNull(effect?.until ?? null),
  };
}

/** "No rule that it rests on would have applied without what is marked." */
export function whyWords(language: Language, { key, ...values }: Why): string {
  return say(language, `appeals.${key}`, values);
}
