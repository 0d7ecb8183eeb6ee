import { type Fault, faultOf, faultOfAnswer } from './fault.ts';

/** Everything here is handed back, never thrown. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export interface Line {
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string | null;
  readonly fetch: typeof globalThis.fetch;
}

export interface Call<T> {
  readonly path: string;
  readonly body: object;
  /** For one try. */
  readonly timeoutMs: number;
  /** How often to try again. Only for what may be done twice without harm. */
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
  /** Null: it is not what Evenhand answers. */
  readonly read: (answer: unknown) => T | null;
}

/** Waits between tries, in milliseconds: doubled each time, and any length up to that, so that shops do not all come back at once. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;

const WORTH_ANOTHER_TRY: readonly Fault['kind'][] = ['silent', 'unreachable', 'limited', 'unavailable'];

/** Asks, and asks again where that helps and does no harm. Throws for a body that is no JSON. */
export async function call<T>(line: Line, asked: Call<T>): Promise<Result<T>> {
  const body = JSON.stringify(asked.body);
  for (let tried = 0; ; tried += 1) {
    const answer = await once(line, asked, body);
    if (answer.ok || tried >= asked.retries || !WORTH_ANOTHER_TRY.includes(answer.fault.kind)) return answer;
    const backOff = Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tried);
    const wait = Math.max(backOff, answer.fault.retryAfterMs ?? 0);
    // Longer than anybody at a checkout or a job would wait: that is for the caller to decide.
    if (wait > LONGEST_WAIT || !(await pause(wait, asked.signal))) return answer;
  }
}

async function once<T>({ url, key, fetch }: Line, asked: Call<T>, body: string): Promise<Result<T>> {
  const stop = new AbortController();
  let why: Fault | null = null;
  const end = (fault: Fault): void => {
    why ??= fault;
    stop.abort();
  };
  const stopped = (): void => end(faultOf('stopped', 'The call was stopped.'));
  if (asked.signal?.aborted === true) stopped();
  asked.signal?.addEventListener('abort', stopped, { once: true });
  const timer = setTimeout(
    () => end(faultOf('silent', `There was no answer within ${asked.timeoutMs} ms.`)),
    asked.timeoutMs,
  );
  try {
    // Some implementations of fetch look at their signal late or not at all.
    return await Promise.race([answerTo({ url, key, fetch }, asked, body, stop.signal), given(stop.signal)]);
  } catch {
    return { ok: false, fault: why ?? faultOf('unreachable', 'Evenhand cannot be reached.') };
  } finally {
    clearTimeout(timer);
    asked.signal?.removeEventListener('abort', stopped);
  }
}

async function answerTo<T>(
  { url, key, fetch }: Line,
  { path, read }: Call<T>,
  body: string,
  signal: AbortSignal,
): Promise<Result<T>> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body,
    redirect: 'manual',
    signal,
  });
  if (!answer.ok) return { ok: false, fault: await faultOfAnswer(answer, Date.now()) };
  const value = read(await answer.json().catch(() => null));
  if (value !== null) return { ok: true, value };
  return { ok: false, fault: faultOf('unreadable', 'The answer is none of Evenhand’s.', { status: answer.status }) };
}

/** Rejects once the signal is given. */
function given(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const give = () => reject(new Error('Stopped'));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

/** False: stopped before. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
