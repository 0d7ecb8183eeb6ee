/** JSON of a shop. */
export type Told = Readonly<Record<string, unknown>>;

/** Somebody with a browser of their own, as far as a shop can tell. */
export class Visitor {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();
  #nonce = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** A page, with this visitor's cookies. Redirects are not followed. */
  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${this.#url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    this.#nonce = answer.headers.get('nonce') ?? this.#nonce;
    return answer;
  }

  /** WooCommerce's Store API, which the block cart and checkout speak. */
  async store(method: string, path: string, body?: object): Promise<{ status: number; body: Told }> {
    if (this.#nonce === '') await this.go('/wp-json/wc/store/v1/cart');
    const answer = await this.go(`/wp-json/wc/store/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', nonce: this.#nonce },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Told };
  }

  /** Sends a form. */
  form(path: string, fields: Record<string, string>): Promise<Response> {
    return this.go(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Signs in at WordPress's own page; false: not taken. */
  async signIn(name: string, password: string): Promise<{ in: boolean; page: string }> {
    await this.go('/wp-login.php');
    const answer = await this.form('/wp-login.php', { log: name, pwd: password, testcookie: '1' });
    // What was known of a guest is not good for who signed in.
    this.#nonce = '';
    return { in: answer.status === 302, page: answer.status === 302 ? '' : await answer.text() };
  }
}
