import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { KyselyPlugin } from 'kysely';
import { serverDeps } from '../../src/compose-server.ts';
import { type Instant, instant } from '../../src/core/shared/time.ts';
import { buildServer, type ServerDeps } from '../../src/http/server.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export const PASSWORD = 'correct horse battery';

/** Where customers of a test reach it, for links in what they are sent. */
export const PUBLIC_URL = 'http://fair.example';

/** The whole server on a database of its own, with a clock that stands where the test puts it. */
export interface TestApi {
  readonly app: FastifyInstance;
  readonly deps: ServerDeps;
  readonly database: TestDatabase;
  /** Lines the server logged. */
  readonly log: string[];
  readonly time: { now: Instant };
  /** How many queries the server has sent. */
  readonly queries: () => number;
  readonly close: () => Promise<void>;
  /** A visitor with a cookie jar. */
  readonly visitor: (ip?: string) => Visitor;
  /** Makes owner and shop on the first call, and signs the owner in. */
  readonly owner: (shop?: Partial<typeof SHOP>) => Promise<Visitor>;
}

export const SHOP = {
  name: 'Tulip & Thread',
  slug: 'tulip',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  languages: ['en'],
  jurisdictions: ['NL'],
};

export const OWNER = { name: 'Olga Owner', email: 'olga@tulip.example', password: PASSWORD };

/** Somebody at a browser: keeps the cookie, sends the CSRF token. */
export class Visitor {
  cookie: string | null = null;
  csrf: string | null = null;
  readonly #app: FastifyInstance;
  readonly #ip: string;

  constructor(app: FastifyInstance, ip: string) {
    this.#app = app;
    this.#ip = ip;
  }

  async send(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const options: InjectOptions = {
      method: method as 'GET',
      url,
      remoteAddress: this.#ip,
      headers: {
        ...(this.cookie === null ? {} : { cookie: this.cookie }),
        ...(this.csrf === null ? {} : { 'x-evenhand-csrf': this.csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    };
    const response = await this.#app.inject(options);
    const cookie = response.cookies.find((each) => each.name === 'evenhand_session');
    if (cookie !== undefined) this.cookie = cookie.value === '' ? null : `evenhand_session=${cookie.value}`;
    const answer: unknown = String(response.headers['content-type']).startsWith('application/json')
      ? response.json()
      : null;
    if (typeof answer === 'object' && answer !== null && 'csrf' in answer) this.csrf = String(answer.csrf);
    return response;
  }

  get = (url: string) => this.send('GET', url);
  post = (url: string, body: unknown = {}) => this.send('POST', url, body);

  async signIn(email: string, password = PASSWORD): Promise<LightMyRequestResponse> {
    return this.post('/api/session', { email, password });
  }
}

/** Whether a query written as SQL names a table. */
function speaksOf(node: unknown, table: string): boolean {
  const { sqlFragments = [], parameters = [] } = node as {
    readonly sqlFragments?: readonly string[];
    readonly parameters?: readonly unknown[];
  };
  return sqlFragments.some((text) => text.includes(table)) || parameters.some((inner) => speaksOf(inner, table));
}

/** `over`: what the server is given instead of its own. `networksFolder`: where it reads of hosting providers. */
export async function startApi(
  over: Partial<ServerDeps> = {},
  { networksFolder }: { readonly networksFolder?: string } = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const time = { now: instant(Date.UTC(2026, 2, 1, 12)) };
  const log: string[] = [];
  const dataFolder = await mkdtemp(join(tmpdir(), 'evenhand-api-'));
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery({ node }) {
      // Processes exchange what they count twice a second, whoever asks.
      if (!speaksOf(node, 'live_count')) queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const own = await serverDeps(
    {
      ...database,
      db: database.db.withPlugin(counter),
      masterKey: new Uint8Array(32).fill(7),
      config: { dataFolder, publicUrl: PUBLIC_URL, networksFolder },
    },
    { clock: { now: () => time.now }, log: { level: 'info', stream: { write: (line) => void log.push(line) } } },
  );
  const deps: ServerDeps = { ...own, ...over };
  const app = await buildServer(deps);
  await app.ready();
  const visitor = (ip = '192.0.2.1') => new Visitor(app, ip);
  return {
    app,
    deps,
    database,
    log,
    time,
    queries: () => queries,
    visitor,
    async owner(shop = {}) {
      const owner = visitor();
      const response = await owner.post('/api/setup', { owner: OWNER, shop: { ...SHOP, ...shop } });
      if (response.statusCode !== 200) await owner.signIn(OWNER.email);
      return owner;
    },
    async close() {
      await app.close();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
