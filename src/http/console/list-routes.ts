import { gravity } from '../../contracts/common.ts';
import type { CustomerId, MeasureId, ProposalId } from '../../core/shared/brand.ts';
import { id } from '../../core/shared/brand.ts';
import type { CustomerListing, CustomerSort } from '../../ports/console.ts';
import type { Languages } from '../../ports/languages.ts';
import { appealList } from '../../workflows/appeals/appeal-list.ts';
import type { AppealPageDeps } from '../../workflows/appeals/appeal-page.ts';
import { readSearch } from '../../workflows/console/search.ts';
import type { Trends } from '../../workflows/console/trend.ts';
import { pageOf, readCursor, readGroupCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, problem } from '../problem.ts';
import { ProblemWords } from '../problem-words.ts';
import { appealRow } from './appeal-routes.ts';
import type { RegisterRoute } from './route.ts';
import { changeView, customerRow, importView, measureView, proposalRow, readerOf } from './views.ts';

export interface ListDeps extends AppealPageDeps {
  readonly trends: Trends;
  readonly languages: Languages;
}

const RECENT = 12;
const WAITING = 5;

/** Home and the lists. */
export function listRoutes(route: RegisterRoute, deps: ListDeps): void {
  const { reads } = deps;
  const words = new ProblemWords(deps.languages);

  route('GET /api/shops/:shop/home', async ({ shop, session, language }) => {
    const [counts, standings, waiting, changes, policy, appeals, heard, links] = await Promise.all([
      reads.homeCounts(shop.id, session.staff.id, deps.clock.now()),
      reads.standings(shop.id),
      reads.proposals(shop.id, {
        status: 'open',
        gravity: null,
        waitingFor: null,
        customer: null,
        after: null,
        limit: WAITING,
      }),
      reads.changes(shop.id, RECENT),
      deps.policies.inForce(shop.id),
      appealList(deps, shop, { show: 'open', customer: null, after: null, limit: WAITING }),
      deps.store.appeals.counts(shop.id, deps.clock.now()),
      deps.store.links.openCount(shop.id),
    ]);
    const { head, ...shown } = counts;
    const trend = await deps.trends.of(shop, head);
    const reader = readerOf(language, policy.compiled.policy);
    return {
      ...shown,
      customers: Object.values(standings).reduce((sum, each) => sum + each, 0),
      standings,
      proposals: waiting.map((each) => proposalRow(each, shop.settings.secondApprovalForBlocks, reader)),
      changes: changes.map((each) => changeView(each, reader.policy)),
      trend: [...trend],
      appeals: appeals.map((each) => appealRow(each, reader)),
      appealsOpen: heard.open,
      appealsOverdue: heard.overdue,
      linksWaiting: links.questions + links.objections,
    };
  });

  route('POST /api/shops/:shop/customers/search', async ({ shop, body }) => {
    const after = readCursor(body.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    const [rows, counts] = await Promise.all([
      reads.customers(shop.id, {
        standings: body.standing,
        sort: body.sort,
        search: readSearch(deps.vault, shop, body.q ?? ''),
        after: after === null ? null : { value: after.value, id: id<CustomerId>(after.id) },
        limit: body.limit + 1,
      }),
      reads.standings(shop.id),
    ]);
    const page = pageOf(rows, body.limit, (last) => ({ value: sortedBy(last, body.sort), id: last.id }));
    return { items: page.items.map(customerRow), next: page.next, counts };
  });

  route('GET /api/shops/:shop/review', async ({ shop, session, query, language }) => {
    const after = readGroupCursor(query.cursor, UUID_ID, gravity.options);
    if (after instanceof ProblemAnswer) return after;
    const [rows, counts, policy] = await Promise.all([
      reads.proposals(shop.id, {
        status: query.status,
        gravity: query.gravity ?? null,
        waitingFor: query.waitingFor === 'me' ? { colleague: session.staff.id } : (query.waitingFor ?? null),
        customer: null,
        after: after === null ? null : { gravity: after.group, value: after.value, id: id<ProposalId>(after.id) },
        limit: query.limit + 1,
      }),
      reads.homeCounts(shop.id, session.staff.id, deps.clock.now()),
      deps.policies.inForce(shop.id),
    ]);
    const reader = readerOf(language, policy.compiled.policy);
    const page = pageOf(rows, query.limit, (last) => ({
      group: last.gravity,
      value: last.decidedAt ?? last.openedAt,
      id: last.id,
    }));
    return {
      items: page.items.map((each) => proposalRow(each, shop.settings.secondApprovalForBlocks, reader)),
      next: page.next,
      open: counts.open,
    };
  });

  route('GET /api/shops/:shop/measures', async ({ shop, query, language }) => {
    const after = readCursor(query.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    const [rows, policy] = await Promise.all([
      reads.measures(shop.id, {
        state: query.state ?? null,
        type: query.type ?? null,
        ending: query.ending ?? null,
        customer: null,
        after: after === null ? null : { value: after.value, id: id<MeasureId>(after.id) },
        limit: query.limit + 1,
      }),
      deps.policies.inForce(shop.id),
    ]);
    const page = pageOf(rows, query.limit, (last) => ({
      value: query.ending === undefined ? last.startedAt : last.until,
      id: last.id,
    }));
    const reader = readerOf(language, policy.compiled.policy);
    return { items: page.items.map((each) => measureView(each, reader)), next: page.next };
  });

  route('GET /api/shops/:shop/imports', async ({ shop, language }) => ({
    items: (await reads.imports(shop.id, null)).map((run) => importView(run, words, language)),
  }));

  route('GET /api/shops/:shop/imports/:id', async ({ shop, params, language }) => {
    const [run] = await reads.imports(shop.id, params.id);
    return run === undefined ? problem(404, 'There is no such import.') : importView(run, words, language);
  });
}

export function sortedBy(customer: CustomerListing, sort: CustomerSort): number {
  switch (sort) {
    case 'recent':
      return customer.lastAt;
    case 'value':
      return customer.orderedValue;
    case 'returned':
      return customer.returnedValue;
  }
}
