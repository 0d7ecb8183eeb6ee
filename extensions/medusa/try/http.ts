/** An answer of Medusa or of Evenhand, with its status. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends JSON and reads JSON; gives the answer whatever its status. */
export async function send(
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
}

/** The same, for requests that must succeed. Throws with the answer otherwise. */
export async function must(
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<unknown> {
  const answer = await send(method, url, headers, body);
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Walks into an answer: `at(body, 'order', 'id')`. Throws with the path where there is no text. */
export function at(body: unknown, ...path: readonly (string | number)[]): string {
  let value = body;
  for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step];
  if (typeof value !== 'string')
    throw new Error(`No text at ${path.join('.')} of ${JSON.stringify(body).slice(0, 300)}`);
  return value;
}
