import type { Settings } from './options.ts';
import { signed } from './signing.ts';
import type { Mention } from './topics.ts';

/** Something Evenhand is to be told and was not told yet. */
export interface Message extends Mention {
  readonly id: string;
  /** When it happened. */
  readonly createdAt: Date;
  /** How often it was tried. */
  readonly attempts: number;
}

/** What is kept of messages. */
export interface Outbox {
  readonly due: (now: Date, most: number) => Promise<readonly Message[]>;
  readonly done: (id: string) => Promise<void>;
  readonly again: (id: string, attempts: number, at: Date, problem: string) => Promise<void>;
}

/** Gives the thing as it is now, in the shapes of the Admin API; null: there is none any more. */
export type Snapshot = (message: Message) => Promise<Readonly<Record<string, unknown>> | null>;

export interface Post {
  readonly settings: Settings;
  readonly outbox: Outbox;
  readonly snapshot: Snapshot;
  readonly now: () => Date;
  readonly send: typeof fetch;
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Evenhand compares orders every night as well, so nothing older is waited for. */
const GIVE_UP_MS = 30 * 86_400_000;
const PATIENCE_MS = 5_000;
const PAGE = 50;

/** When to try again after so many tries, or null when it is given up: the waits double from half a minute to an hour. */
export function nextTry(attempts: number, createdAt: Date, now: Date): Date | null {
  if (now.getTime() - createdAt.getTime() > GIVE_UP_MS) return null;
  return new Date(now.getTime() + Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 10), LONGEST_WAIT_MS));
}

/** Sends one message. Gives whether Evenhand has it, or no longer needs it. */
export async function deliver(post: Post, message: Message): Promise<boolean> {
  const problem = await problemSending(post, message).catch((error: unknown) =>
    error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'not reached',
  );
  if (problem === null) {
    await post.outbox.done(message.id);
    return true;
  }
  const attempts = message.attempts + 1;
  const at = nextTry(attempts, message.createdAt, post.now());
  if (at === null) await post.outbox.done(message.id);
  else await post.outbox.again(message.id, attempts, at, problem);
  return false;
}

/** Sends what is due, oldest first. Stops at the first that does not get through, and leaves the rest for the next time. */
export async function deliverDue(post: Post): Promise<number> {
  let sent = 0;
  for (;;) {
    const due = await post.outbox.due(post.now(), PAGE);
    for (const message of due) {
      if (!(await deliver(post, message))) return sent;
      sent += 1;
    }
    if (due.length < PAGE) return sent;
  }
}

async function problemSending(post: Post, message: Message): Promise<string | null> {
  const data = await post.snapshot(message);
  if (data === null) return null;
  const { topic, id, createdAt } = message;
  const body = JSON.stringify({ type: topic, timestamp: createdAt.toISOString(), data });
  const response = await post.send(post.settings.hookUrl, {
    method: 'POST',
    headers: {
      ...signed(post.settings.hookSecret, id, post.now().getTime(), body),
      'content-type': 'application/json',
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await response.body?.cancel();
  return response.ok ? null : `answered ${response.status}`;
}
