import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { CustomerId, MeasureId } from '../../src/core/shared/brand.ts';
import { id } from '../../src/core/shared/brand.ts';
import { addPeriod, days } from '../../src/core/shared/period.ts';
import { formatInstant, type Instant, instant } from '../../src/core/shared/time.ts';
import type { Envelope } from '../../src/ports/hearing.ts';
import type { OfferedEvent, Subject } from '../../src/ports/ledger.ts';
import type { Shop } from '../../src/ports.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { startApi, type TestApi, type Visitor } from './api.ts';
import { added, known } from './offers.ts';

export const ADA = { externalId: 'C-1', email: 'ada@example.org', name: 'Ada Lovelace' };
export const BO = { externalId: 'C-2', email: 'bo@example.org', name: 'Bo Chen' };

/** A shop with customers and measures, and the portal as its customers meet it. */
export interface PortalScene {
  readonly api: TestApi;
  readonly owner: Visitor;
  readonly shop: () => Promise<Shop>;
  /** Takes a measure as staff do, about the customer's returns, and words what they are told. Gives the link of the notice. */
  readonly measure: (customer: CustomerId, over?: object) => Promise<{ measure: MeasureId; link: string }>;
  /** Puts into words what is due, as the service does. */
  readonly word: () => Promise<void>;
  /** Messages on their way, the newest first. */
  readonly mails: () => Promise<readonly Envelope[]>;
  readonly ada: CustomerId;
  readonly bo: CustomerId;
  readonly browser: (ip?: string) => PortalBrowser;
}

/** Orders and returns of one customer over a year: most of it sent back, some of that the shop's own fault. */
export function returningLife(subject: Subject, prefix: string, now: Instant, orders = 14): readonly OfferedEvent[] {
  const events: OfferedEvent[] = [];
  const told = (kind: string, body: object, at: Instant, number: number) =>
    events.push({
      kind,
      body,
      subject,
      occurredAt: at,
      source: 'test',
      sourceId: `${prefix}:${kind}:${number}`,
    } as unknown as OfferedEvent);
  for (let number = 1; number <= orders; number += 1) {
    const placed = addPeriod(now, days(-330 + number * 20));
    const order = `${prefix}-${1000 + number}`;
    told('order.placed', { order, total: { amount: 80_00, currency: 'EUR' }, lines: [] }, placed, number);
    if (number % 7 === 0) continue;
    told(
      'return.received',
      {
        return: `R-${order}`,
        order,
        lines: [],
        value: { amount: 70_00, currency: 'EUR' },
        reason: number % 5 === 0 ? 'defect' : 'did_not_fit',
        by: 'parcel',
      },
      addPeriod(placed, days(9)),
      number,
    );
  }
  return events;
}

export async function startPortal(now?: Instant): Promise<PortalScene> {
  const api = await startApi();
  if (now !== undefined) api.time.now = now;
  const owner = await api.owner({ languages: ['en', 'nl'] });
  const shop = async () => {
    const found = await api.deps.shops.bySlug('tulip');
    if (found === null) throw new Error('There is no shop');
    return found;
  };
  const append = async (events: readonly OfferedEvent[]) =>
    api.deps.store.transaction(async (store) => store.ledger.append(await shop(), events));
  const customerOf = async (shown: typeof ADA, prefix: string): Promise<CustomerId> => {
    const [first] = await append(returningLife(known(shown), prefix, api.time.now));
    const { customer } = added(first);
    if (customer === null) throw new Error('There is no customer');
    return customer;
  };
  const [ada, bo] = [await customerOf(ADA, 'A'), await customerOf(BO, 'B')];
  const word = async () => {
    const { deps } = api;
    for (let more = true; more; )
      more = await deps.store.transaction(async (store) => {
        const own = await shop();
        await store.ledger.lock(own.id);
        const [row] = await store.outbox.claim(own.id, 'due', api.time.now, 1);
        if (row === undefined) return false;
        await wordMessage({ ...deps, store }, own, row);
        return true;
      });
  };
  const mails = async () => {
    const { id: shopId } = await shop();
    const rows = await api.deps.store.outbox.list(shopId, { states: ['waiting'], after: null, limit: 100 });
    const envelopes = await Promise.all(rows.map((row) => api.deps.store.outbox.envelope(shopId, row.id)));
    return envelopes.filter((envelope) => envelope !== null);
  };
  return {
    api,
    owner,
    shop,
    ada,
    bo,
    word,
    mails,
    async measure(customer, over = {}) {
      const [own] = await api.deps.store.ledger.eventsOf((await shop()).id, [customer]);
      const evidence = (own?.events ?? []).filter(({ kind }) => kind === 'return.received').map((event) => event.id);
      const response = await owner.post(`/api/shops/tulip/customers/${customer}/measures`, {
        type: 'restriction',
        obligations: ['prepayment_only', 'returns_need_photos'],
        until: formatInstant(addPeriod(api.time.now, days(180))),
        reason: 'Most of what was ordered came back.',
        rule: 'sends-most-back',
        evidence,
        ...over,
      });
      if (response.statusCode !== 200) throw new Error(response.body);
      await word();
      const link = linkIn((await mails())[0]);
      // What comes next is then newer.
      api.time.now = instant(api.time.now + 1_000);
      return { measure: id<MeasureId>(response.json().measure), link };
    },
    browser: (ip = '198.51.100.7') => new PortalBrowser(api.app, ip),
  };
}

/** The path of the link in a message. */
export function linkIn(envelope: Envelope | undefined): string {
  const [, path] = /https?:\/\/[^/\s]+(\/c\/tulip\/open\/[\w-]+)/.exec(envelope?.text ?? '') ?? [];
  if (path === undefined) throw new Error(`No link in ${envelope?.subject}`);
  return path;
}

export function codeIn(envelope: Envelope | undefined): string {
  const [, code] = /^\s*(\d{6})$/m.exec(envelope?.text ?? '') ?? [];
  if (code === undefined) throw new Error(`No code in ${envelope?.subject}`);
  return code;
}

/** A customer's browser without scripts: keeps cookies, follows redirects, sends the forms of the page it is on. */
export class PortalBrowser {
  readonly cookies = new Map<string, string>();
  page: LightMyRequestResponse | null = null;
  address = '';
  readonly #app: FastifyInstance;
  readonly #ip: string;

  constructor(app: FastifyInstance, ip: string) {
    this.#app = app;
    this.#ip = ip;
  }

  get html(): string {
    return this.page?.body ?? '';
  }

  async go(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#send('GET', url, undefined, headers);
  }

  /** Sends fields as the form of the page would: with its hidden ones. */
  async submit(
    action: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const body = new URLSearchParams({ csrf: this.csrf(), ...fields }).toString();
    return this.#send('POST', action, body, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
  }

  /** Sends a form with files. */
  async upload(
    action: string,
    fields: readonly (readonly [string, string])[],
    files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[] = [],
    csrf = this.csrf(),
  ): Promise<LightMyRequestResponse> {
    const boundary = '----evenhand-test';
    const parts = [
      ...[['csrf', csrf] as const, ...fields].map(([name, value]) =>
        Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      ),
      ...files.flatMap(({ name, type, bytes }) => [
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${boundary}--\r\n`),
    ];
    return this.#send('POST', action, Buffer.concat(parts), {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
  }

  csrf(): string {
    return /name="csrf" value="([^"]+)"/.exec(this.html)?.[1] ?? '';
  }

  async #send(
    method: 'GET' | 'POST',
    url: string,
    payload: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.#app.inject({
      method,
      url,
      remoteAddress: this.#ip,
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const each of response.cookies)
      if (each.value === '') this.cookies.delete(each.name);
      else this.cookies.set(each.name, each.value);
    const { location } = response.headers;
    if (response.statusCode === 303 && typeof location === 'string') return this.#send('GET', location, undefined, {});
    this.page = response;
    this.address = url;
    return response;
  }
}
