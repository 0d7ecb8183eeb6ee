import type { BodyOf, ParamsOf, ResponseOf, RouteName } from '../../src/contracts/routes.ts';

/** A signed-in owner of a new shop on a running service, and a key for its API. */
export interface BenchShop {
  readonly url: string;
  readonly key: string;
  readonly call: <R extends RouteName>(route: R, input?: Input<R>) => Promise<ResponseOf<R>>;
  /** As `call`, with the milliseconds the whole answer took. */
  readonly timed: <R extends RouteName>(
    route: R,
    input?: Input<R>,
  ) => Promise<{ answer: ResponseOf<R>; milliseconds: number }>;
  readonly send: (events: readonly unknown[]) => Promise<void>;
}

interface Input<R extends RouteName> {
  readonly params?: ParamsOf<R>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: BodyOf<R>;
}

/** Sets up a fresh service. Throws when anything is answered with an error. */
export async function openShop(url: string): Promise<BenchShop> {
  const cookies = new Map<string, string>();
  let csrf = '';
  const request = async (route: string, input: Input<RouteName> = {}): Promise<Response> => {
    const [method = 'GET', pattern = '/'] = route.split(' ');
    const path = pattern.replace(/:(\w+)/g, (_, name: string) =>
      String((input.params as unknown as Record<string, unknown>)[name]),
    );
    const query = input.query === undefined ? '' : `?${new URLSearchParams(input.query)}`;
    const response = await fetch(`${url}${path}${query}`, {
      method,
      headers: {
        origin: url,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-evenhand-csrf': csrf,
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: input.body === undefined ? null : JSON.stringify(input.body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', value = ''] = pair.split('=');
      cookies.set(name, value);
    }
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return response;
  };
  const timed: BenchShop['timed'] = async (route, input) => {
    const begin = performance.now();
    const answer = await (await request(route, input as Input<RouteName>)).json();
    return { answer, milliseconds: performance.now() - begin };
  };
  const call: BenchShop['call'] = async (route, input) => (await timed(route, input)).answer;

  const session = await call('POST /api/setup', {
    body: {
      owner: { name: 'Bench', email: 'bench@example.org', password: 'a long enough password' },
      shop: {
        name: 'Bench',
        slug: 'bench',
        currency: 'EUR',
        timeZone: 'Europe/Amsterdam',
        languages: ['en'],
        jurisdictions: ['NL'],
      },
    },
  });
  csrf = session.csrf;
  const { key } = await call('POST /api/shops/:shop/keys', {
    params: { shop: 'bench' },
    body: { name: 'bench', scopes: ['events:write', 'decisions:write', 'customers:read'] },
  });
  const send = async (events: readonly unknown[]): Promise<void> => {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    });
    const answer = (await response.json()) as { refused?: number };
    if (!response.ok || answer.refused !== 0)
      throw new Error(`/v1/events: ${response.status} ${JSON.stringify(answer).slice(0, 400)}`);
  };
  return { url, key, call, timed, send };
}
