import type { LinkField, LinkSide as LinkSideView, Objection } from '../../contracts/links.ts';
import type { ComparedField } from '../../core/events/links.ts';
import type { TraitKind } from '../../core/linkage/traits.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { type CustomerId, id } from '../../core/shared/brand.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { LinkSide } from '../../ports/links.ts';
import type { WhyNot } from '../../workflows/appeals/may-hear.ts';
import { addressLine } from '../../workflows/likeness/address-line.ts';
import { confirmLink, reopenLink, splitLink } from '../../workflows/likeness/answer.ts';
import { linkedAccounts } from '../../workflows/likeness/linked.ts';
import { linkQuestions } from '../../workflows/likeness/questions.ts';
import { decideObjection } from '../../workflows/objections/decide-objection.ts';
import { openObjections } from '../../workflows/objections/objection-list.ts';
import type { ObjectionDeps } from '../../workflows/objections/types.ts';
import { NUMBER_ID, pageOf, readCursor } from '../cursor.ts';
import { ProblemAnswer, problem, refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull } from './views.ts';

/** Whether customers are one person: the questions that wait, what is known of one customer, and the answers. */
export function linkRoutes(route: RegisterRoute, deps: ObjectionDeps): void {
  route('GET /api/shops/:shop/links', async ({ shop, query }) => {
    const after = readCursor(query.cursor, NUMBER_ID);
    if (after instanceof ProblemAnswer) return after;
    const [found, { questions }] = await Promise.all([
      linkQuestions(deps, shop, {
        after: after === null ? null : { millibits: after.value, seq: Number(after.id) },
        limit: query.limit + 1,
      }),
      deps.store.links.openCount(shop.id),
    ]);
    const page = pageOf(found, query.limit, ({ link }) => ({
      value: link.finding?.millibits ?? 0,
      id: String(link.seq),
    }));
    return {
      items: page.items.map(({ link, one, other, shared, change }) => ({
        one: sideView(one),
        other: sideView(other),
        klass: link.finding?.klass ?? null,
        likelihood: link.finding === null ? null : likelihood(link.finding.millibits),
        fields: fieldViews(link.finding?.fields ?? [], shared),
        foundAt: atOrNull(link.foundAt),
        change,
      })),
      next: page.next,
      waiting: questions,
    };
  });

  route('GET /api/shops/:shop/customers/:id/links', async ({ shop, params }) => {
    const found = await linkedAccounts(deps, shop, id<CustomerId>(params.id));
    if (found === null) return problem(404, 'The shop knows no such customer.');
    return {
      accounts: found.accounts.map(({ side, klass, millibits, fields, state, confirm, change }) => ({
        ...sideView(side),
        klass,
        likelihood: millibits === null ? null : likelihood(millibits),
        fields: fieldViews(
          fields,
          found.shared.filter(({ accounts }) => accounts.includes(side.customer)),
        ),
        state,
        confirm,
        change,
      })),
      shared: found.shared.map((each) => ({ ...each, accounts: [...each.accounts] })),
    };
  });

  route('GET /api/shops/:shop/objections', async ({ shop, session, role }) => {
    const open = await openObjections(deps, shop, { id: session.staff.id, role });
    return {
      items: open.map(({ objection, one, other, text, overdue, may }) => ({
        id: objection.id,
        one: sideView(one),
        other: sideView(other),
        text,
        round: objection.round,
        filedAt: formatInstant(objection.filedAt),
        dueAt: formatInstant(objection.dueAt),
        overdue,
        why: whyOf(may.why),
      })),
    };
  });

  route('POST /api/shops/:shop/objections/:id', async ({ shop, session, role, params, body }) => {
    const by = { id: session.staff.id, role };
    const answered = await decideObjection(deps, shop, by, params.id, body);
    return answered.ok ? { ok: true } : refused(answered.error);
  });

  route('POST /api/shops/:shop/customers/:id/links', async ({ shop, session, role, params, body }) => {
    const by = { id: session.staff.id, role };
    const pair = { one: id<CustomerId>(params.id), other: id<CustomerId>(body.other) };
    const answered = await answerTo(body.answer)(deps, shop, by, pair);
    return answered.ok ? { ...answered.value } : refused(answered.error);
  });
}

function answerTo(answer: 'confirm' | 'split' | 'reopen'): typeof confirmLink {
  switch (answer) {
    case 'confirm':
      return confirmLink;
    case 'split':
      return splitLink;
    case 'reopen':
      return reopenLink;
    default:
      return assertNever(answer);
  }
}

/** Of one that waits nobody is told that it is closed. */
function whyOf(why: WhyNot | null): Objection['why'] {
  switch (why) {
    case 'auditor':
    case 'agent':
    case 'approved':
    case 'alone':
      return why;
    case 'closed':
    case 'withdrawn':
    case 'awaiting':
    case null:
      return null;
    default:
      return assertNever(why);
  }
}

const sideView = ({ customer, shown, ...side }: LinkSide): LinkSideView => ({
  id: customer,
  name: shown.name ?? null,
  externalId: shown.externalId ?? null,
  standing: side.standing,
  bound: side.bound,
  email: shown.email ?? null,
  phone: shown.phone ?? null,
  address: shown.address === undefined ? null : addressLine(shown.address),
  birthYear: shown.birthYear ?? null,
  orders: side.orders,
  returns: side.returns,
  firstAt: formatInstant(side.firstAt),
  lastAt: formatInstant(side.lastAt),
});

/** Log odds in thousandths of a bit as a probability. */
const likelihood = (millibits: number): number => 1 / (1 + 2 ** (-millibits / 1_000));

/** By what a field is counted among customers. */
const TRAIT_OF: Readonly<Record<string, TraitKind>> = {
  place: 'address',
  email: 'email',
  mailname: 'mailname',
  phone: 'phone',
  card: 'card',
  device: 'device',
};

/** From so many thousandths of a bit on. One bit is twice as likely. */
const MUCH = 6_000;
const SOME = 2_500;
const LITTLE = 300;

function fieldViews(
  fields: readonly ComparedField[],
  shared: readonly { readonly kind: TraitKind; readonly customers: number }[],
): LinkField[] {
  return fields.map(({ field, level, millibits }) => {
    const counted = shared.find(({ kind }) => kind === TRAIT_OF[field]);
    return { field, level, weight: weightOf(millibits), customers: counted?.customers ?? null };
  });
}

function weightOf(millibits: number): LinkField['weight'] {
  if (millibits <= -LITTLE) return 'against';
  if (millibits < LITTLE) return 'nothing';
  if (millibits < SOME) return 'little';
  return millibits < MUCH ? 'some' : 'much';
}
