import { expect } from 'vitest';
import type { CustomerRow } from '../../src/contracts/customers.ts';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { instant } from '../../src/core/shared/time.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { PASSWORD, startApi, type TestApi, type Visitor } from './api.ts';

const S = '/api/shops/tulip';

/** The service with the sample shop loaded and judged, its owner and an agent, and ways to read what the owner is shown. */
export interface SampleDesk {
  readonly api: TestApi;
  readonly owner: Visitor;
  readonly agent: Visitor;
  /** Judges everybody who is due. */
  readonly assess: () => Promise<void>;
  readonly get: <T>(url: string) => Promise<T>;
  readonly search: (wanted: object) => Promise<ResponseOf<'POST /api/shops/:shop/customers/search'>>;
  /** All rows of a search for customers, page by page. */
  readonly everyCustomer: (wanted: object) => Promise<CustomerRow[]>;
  /** All rows of a list, page by page. */
  readonly everyPage: <T extends { id: string }>(url: string) => Promise<T[]>;
}

/** Takes a while: loads and judges two thousand customers. Whoever starts it closes its `api`. */
export async function startSampleDesk(): Promise<SampleDesk> {
  const api = await startApi();
  api.time.now = instant(Date.now());
  const owner = await api.owner();
  await owner.post(`${S}/staff`, {
    name: 'Adam Agent',
    email: 'adam@tulip.example',
    role: 'agent',
    password: PASSWORD,
  });
  const agent = api.visitor();
  await agent.signIn('adam@tulip.example');

  const assess = async () => {
    const shop = await api.deps.shops.bySlug('tulip');
    if (shop === null) throw new Error('No shop');
    await assessAllDue(api.deps, shop);
  };

  const get = async <T>(url: string): Promise<T> => {
    const response = await owner.get(url);
    expect(response.statusCode, response.payload).toBe(200);
    return response.json() as T;
  };

  const search: SampleDesk['search'] = async (wanted) => {
    const response = await owner.post(`${S}/customers/search`, wanted);
    expect(response.statusCode, response.payload).toBe(200);
    return response.json();
  };

  const everyCustomer = async (wanted: object) => {
    const all: CustomerRow[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await search({ ...wanted, limit: 7, ...(cursor && { cursor }) });
      all.push(...page.items);
      if (page.next === null) return all;
      cursor = page.next;
    }
  };

  const everyPage = async <T extends { id: string }>(url: string) => {
    const all: T[] = [];
    for (let cursor = ''; ; ) {
      const page = await get<{ items: T[]; next: string | null }>(
        `${url}${url.includes('?') ? '&' : '?'}limit=7${cursor}`,
      );
      all.push(...page.items);
      if (page.next === null) return all;
      cursor = `&cursor=${page.next}`;
    }
  };

  const { import: run } = (await owner.send('POST', `${S}/sample`)).json();
  await finished(owner, run);
  await assess();
  return { api, owner, agent, assess, get, search, everyCustomer, everyPage };
}

async function finished(owner: Visitor, run: string) {
  for (;;) {
    const { status, error } = (await owner.get(`${S}/imports/${run}`)).json();
    if (status !== 'running') return expect([status, error]).toEqual(['done', null]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
