import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decisionRequest } from '../../../../src/contracts/v1.ts';
import type { Question } from '../../src/ask.ts';
import type { Message } from '../../src/payload.ts';
import { isSigned, signed } from '../../src/signing.ts';

/* Stands in for Evenhand: hears what the plug-in tells, answers what it is told to answer, and asks what Evenhand asks. */

export const SECRET = `whsec_${Buffer.from('thirty two bytes of plain secret').toString('base64')}`;

export interface Listener {
  readonly options: { readonly hookUrl: string; readonly hookSecret: string; readonly apiKey: string };
  readonly messages: Message[];
  readonly questions: Question[];
  /** What every decision is from now on; null: no answer at all. */
  answer: object | null;
  /** With what webhooks are answered. */
  status: number;
  readonly ask: (
    shop: string,
    what: object,
    secret?: string,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly close: () => void;
}

export const ALLOW = { outcome: 'allow', obligations: [], message: null };

export async function listen(): Promise<Listener> {
  const heard: Omit<Listener, 'options'> = {
    messages: [],
    questions: [],
    answer: ALLOW,
    status: 204,
    async ask(shop, what, secret = SECRET) {
      const body = JSON.stringify(what);
      const headers = {
        'content-type': 'application/json',
        ...signed(secret, `ask_${Math.random()}`, Date.now(), body),
      };
      const answer = await fetch(`${shop}/evenhand`, { method: 'POST', headers, body });
      return { status: answer.status, body: await answer.json() };
    },
    close: () => void server.close(),
  };
  const hear = (path: string, headers: IncomingHttpHeaders, body: Buffer): { status: number; text: string } | null => {
    const said = JSON.parse(body.toString());
    if (path === '/v1/decisions') {
      if (headers.authorization !== 'Bearer ehk_test') return { status: 401, text: '{}' };
      heard.questions.push(said);
      if (!decisionRequest.safeParse(said).success) return { status: 400, text: '{}' };
      return heard.answer === null ? null : { status: 200, text: JSON.stringify(heard.answer) };
    }
    if (!isSigned(SECRET, headers, body, Date.now())) return { status: 401, text: '' };
    if (heard.status < 300) heard.messages.push(said);
    return { status: heard.status, text: '' };
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = hear(request.url ?? '', request.headers, Buffer.concat(parts));
    if (answer !== null) response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(heard, {
    options: { hookUrl: `http://127.0.0.1:${port}/hooks/c1`, hookSecret: SECRET, apiKey: 'ehk_test' },
  });
}
