import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Configuration, Settings } from './options';

export type Surface = 'purchase' | 'login';

export interface Question {
  readonly surface: Surface;
  readonly customer: {
    readonly externalId?: string;
    readonly email?: string;
    readonly phone?: string;
    readonly name?: string;
    readonly address?: {
      readonly street: string;
      readonly postcode?: string;
      readonly city?: string;
      readonly country?: string;
    };
  };
  readonly order?: {
    readonly reference?: string;
    readonly total?: number;
    readonly currency?: string;
    readonly items?: number;
    readonly first?: boolean;
    readonly billingCountry?: string;
    readonly deliveryCountry?: string;
  };
  readonly ip?: string;
  readonly language?: string;
}

export interface Answer {
  readonly outcome: 'allow' | 'challenge' | 'review' | 'deny';
  readonly obligations: readonly { readonly name: string; readonly words: string }[];
  readonly message: { readonly language: string; readonly text: string } | null;
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

const LARGEST_ANSWER = 262_144;

/** Evenhand over connections that are kept open, so that asking costs one round trip. */
export class Evenhand {
  readonly #configuration: Configuration;
  readonly #agent: PlainAgent | SecureAgent;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
    const kept = { keepAlive: true, maxSockets: 50, maxFreeSockets: 10, scheduling: 'lifo' } as const;
    this.#agent = configuration.settings?.hookUrl.protocol === 'http:' ? new PlainAgent(kept) : new SecureAgent(kept);
  }

  /** What the customer may do; null: no answer within the time, or none that can be understood. Never throws. */
  async ask(question: Question): Promise<Answer | null> {
    const { settings, timeoutMs } = this.#configuration;
    if (settings === null) return null;
    const headers = { authorization: `Bearer ${settings.apiKey}` };
    const reply = await this.#post(decisionsOf(settings), headers, JSON.stringify(question), timeoutMs).catch(
      () => null,
    );
    return reply === null || reply.status !== 200 ? null : readAnswer(reply.body);
  }

  /** Sends a signed message. Gives the status; throws when there is none. */
  async send(headers: Record<string, string>, body: string): Promise<number> {
    const { settings } = this.#configuration;
    if (settings === null) throw new Error('Evenhand is not set up');
    return (await this.#post(settings.hookUrl, headers, body, 10_000)).status;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** A kept connection may have been closed by the other side a moment before: then once more, within the same time. */
  async #post(url: URL, headers: Record<string, string>, body: string, timeoutMs: number): Promise<Reply> {
    const until = performance.now() + timeoutMs;
    try {
      return await this.#once(url, headers, body, timeoutMs);
    } catch (error) {
      const left = until - performance.now();
      if (!(error instanceof StaleConnection) || left <= 0) throw error;
      return this.#once(url, headers, body, left);
    }
  }

  #once(url: URL, headers: Record<string, string>, body: string, timeoutMs: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const begin = url.protocol === 'http:' ? plainRequest : secureRequest;
      const asked: ClientRequest = begin(
        url,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (answer) =>
          readAll(answer).then((text) => settle(() => resolve({ status: answer.statusCode ?? 0, body: text })), fail),
      );
      const clock = setTimeout(
        () => asked.destroy(new Error(`No answer within ${Math.round(timeoutMs)} ms`)),
        timeoutMs,
      );
      const settle = (then: () => void): void => {
        clearTimeout(clock);
        then();
      };
      const fail = (error: Error & { code?: string }): void =>
        settle(() => reject(asked.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error));
      asked.on('error', fail);
      asked.end(body);
    });
  }
}

class StaleConnection extends Error {}

/** Decisions are asked for where the webhooks go. */
function decisionsOf({ hookUrl }: Settings): URL {
  return new URL(hookUrl.href.replace(/\/hooks\/[^/]+$/, '/v1/decisions'));
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_ANSWER) throw new Error('The answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const OUTCOMES: readonly string[] = ['allow', 'challenge', 'review', 'deny'];

function readAnswer(text: string): Answer | null {
  try {
    const answer = JSON.parse(text) as Partial<Answer>;
    if (typeof answer.outcome !== 'string' || !OUTCOMES.includes(answer.outcome)) return null;
    return { outcome: answer.outcome, obligations: answer.obligations ?? [], message: answer.message ?? null };
  } catch {
    return null;
  }
}
