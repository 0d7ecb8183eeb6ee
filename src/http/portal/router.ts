import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PortalSession } from '../../ports/hearing.ts';
import { problem, sendProblem } from '../problem.ts';
import { visitOf } from './asking.ts';
import type { PortalAssets } from './assets.ts';
import type { PortalDeps } from './deps.ts';
import { isOurs, readPlain, readUpload, type SentForm } from './forms.ts';
import { framed } from './frame.ts';
import { notFoundPage, stalePage } from './pages/simple.ts';
import type { Page, Visit } from './visit.ts';

/** Where to go next; always within the shop's pages. */
export class Redirect {
  readonly to: string;

  constructor(to: string) {
    this.to = to;
  }
}

/** Something that is no page: a file to keep. */
export class Download {
  readonly type: string;
  readonly name: string;
  readonly content: AsyncIterable<string>;

  constructor(type: string, name: string, content: AsyncIterable<string>) {
    this.type = type;
    this.name = name;
    this.content = content;
  }
}

export interface Asked {
  readonly visit: Visit;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** A part of the address. */
  readonly param: (name: string) => string;
  readonly query: (name: string) => string;
}

export type SignedIn = Asked & { readonly session: PortalSession };
type Answer = Promise<Page | Redirect | Download>;

/** Registers pages: reads who asks, checks that forms are ours, and frames what comes back. */
export interface PortalRouter {
  /** For anybody. */
  readonly open: (path: string, view: (asked: Asked) => Answer) => void;
  readonly openForm: (path: string, act: (asked: Asked & { readonly form: SentForm }) => Answer) => void;
  /** For those signed in; others are led to the front door. */
  readonly page: (path: string, view: (asked: SignedIn) => Answer) => void;
  readonly form: (path: string, act: (asked: SignedIn & { readonly form: SentForm }) => Answer) => void;
  /** The same for a form with files. */
  readonly upload: (path: string, act: (asked: SignedIn & { readonly form: SentForm }) => Answer) => void;
}

export function portalRouter(app: FastifyInstance, deps: PortalDeps, assets: PortalAssets): PortalRouter {
  const handle =
    (act: (asked: Asked) => Answer) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const visit = await visitOf(deps, assets, request, reply);
      if (visit === null) return sendProblem(reply, problem(404, 'There is no such shop.'));
      const [params, query] = [request.params, request.query] as [Record<string, string>, Record<string, unknown>];
      const answer = await act({
        visit,
        request,
        reply,
        param: (name) => params[name] ?? '',
        query: (name) => (typeof query[name] === 'string' ? query[name] : ''),
      });
      return send(reply, visit, answer);
    };
  const get = (path: string, act: (asked: Asked) => Answer) => app.get(path, HIDDEN, handle(act));
  const post = (path: string, act: (asked: Asked) => Answer) => app.post(path, HIDDEN, handle(act));

  const signedIn =
    (act: (asked: SignedIn) => Answer) =>
    async (asked: Asked): Answer => {
      const { session, base } = asked.visit;
      return session === null ? new Redirect(`${base}?first=1`) : act({ ...asked, session });
    };
  const checked =
    <A extends Asked>(
      read: (request: FastifyRequest) => Promise<SentForm> | SentForm,
      act: (asked: A & { readonly form: SentForm }) => Answer,
    ) =>
    async (asked: A): Answer => {
      const form = await read(asked.request);
      return isOurs(asked.request, asked.visit.csrf, form) ? act({ ...asked, form }) : stalePage(asked.visit);
    };

  return {
    open: get,
    openForm: (path, act) => post(path, checked<Asked>(readPlain, act)),
    page: (path, view) => get(path, signedIn(view)),
    form: (path, act) => post(path, signedIn(checked<SignedIn>(readPlain, act))),
    upload: (path, act) => post(path, signedIn(checked<SignedIn>(readUpload, act))),
  };
}

const HIDDEN = { schema: { hide: true } };

export function send(reply: FastifyReply, visit: Visit, answer: Page | Redirect | Download): FastifyReply {
  if (answer instanceof Redirect) return reply.redirect(answer.to, 303);
  if (answer instanceof Download)
    return reply
      .type(answer.type)
      .header('content-disposition', `attachment; filename="${answer.name}"`)
      .send(Readable.from(answer.content));
  return reply
    .code(answer.status ?? 200)
    .headers(answer.headers ?? {})
    .type('text/html; charset=utf-8')
    .send(framed(visit, answer));
}

export const nothingHere = ({ visit }: Asked): Page => notFoundPage(visit);
