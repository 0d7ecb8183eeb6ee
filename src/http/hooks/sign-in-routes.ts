import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ConnectionId, id, isUuid } from '../../core/shared/brand.ts';
import { acceptedTags, type Language, say } from '../../core/shared/words.ts';
import type { StaffSession } from '../../ports/staff.ts';
import type { Shop } from '../../ports.ts';
import { type SessionDeps, sessionOf } from '../../workflows/desk/sessions.ts';
import type { ConnectDeps, ConnectRefused } from '../../workflows/shops/connect.ts';
import { beginSignIn, connectionNamed, finishSignIn } from '../../workflows/shops/sign-in.ts';
import { sayRefused } from '../console/connection-routes.ts';
import { html } from '../html.ts';
import { sessionToken } from '../session-cookie.ts';

type SignInDeps = ConnectDeps & SessionDeps & { readonly onChanged: () => void };

interface Owner {
  readonly session: StaffSession;
  readonly shop: Shop;
}

/**
 * Signing in at a platform that offers it: /connect/:platform/start sends an owner there, and /connect/:platform/callback takes what
 * they come back with. People see these pages, so what goes wrong is said on a page.
 */
export function signInRoutes(app: FastifyInstance, deps: SignInDeps): void {
  const hidden = { schema: { hide: true } };

  app.get('/connect/:platform/start', hidden, async (request, reply) => {
    const language = languageOf(deps, request);
    const { shop, connection } = textsOf(request.query);
    const owner = await ownerOf(deps, request, (each) => each.slug === shop);
    if (owner === null || connection === undefined || !isUuid(connection)) return say404(reply, language);
    const found = await deps.store.connections.one(owner.shop.id, id<ConnectionId>(connection));
    if (found === null || found.state === 'disconnected') return say404(reply, language);
    const begun = await beginSignIn(deps, owner.shop, owner.session.tokenHash, found);
    return begun.ok ? reply.redirect(begun.value, 302) : sayWhy(reply, language, owner.shop, begun.error);
  });

  app.get('/connect/:platform/callback', hidden, async (request, reply) => {
    const language = languageOf(deps, request);
    const query = textsOf(request.query);
    const named = connectionNamed(query.state ?? '');
    const connection = named === null ? null : await deps.store.connections.byId(named);
    const owner = await ownerOf(deps, request, (each) => each.id === connection?.shop);
    if (owner === null) return say404(reply, language);
    const by = { staff: owner.session.staff.id, session: owner.session.tokenHash };
    const finished = await finishSignIn(deps, owner.shop, by, query);
    deps.onChanged();
    return finished.ok ? reply.redirect(pageOf(owner.shop), 302) : sayWhy(reply, language, owner.shop, finished.error);
  });
}

const pageOf = ({ slug }: Shop): string => `/shops/${encodeURIComponent(slug)}/shop-system`;

const languageOf = ({ languages }: SignInDeps, request: FastifyRequest): Language =>
  languages.firstOf(acceptedTags(request.headers['accept-language']));

/** The signed-in owner of a shop; null for anybody else, who sees no more than a page that is not there. */
async function ownerOf(
  deps: SignInDeps,
  request: FastifyRequest,
  isIt: (shop: Shop) => boolean,
): Promise<Owner | null> {
  const token = sessionToken(request);
  const session = token === null ? null : await sessionOf(deps, token);
  const membership = session?.memberships.find(({ shop, role }) => role === 'owner' && isIt(shop));
  return session === null || membership === undefined ? null : { session, shop: membership.shop };
}

const textsOf = (query: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries((query ?? {}) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

function say404(reply: FastifyReply, language: Language): FastifyReply {
  return send(reply, language, 404, say(language, 'shops.health.signIn.nothing'), '/');
}

function sayWhy(reply: FastifyReply, language: Language, shop: Shop, why: ConnectRefused): FastifyReply {
  const { problem } = sayRefused(language, why);
  const detail =
    why.kind === 'invalid' && why.field === 'state'
      ? say(language, 'shops.health.signIn.expired')
      : (problem.detail ?? problem.title);
  return send(reply, language, problem.status, detail, pageOf(shop));
}

function send(reply: FastifyReply, language: Language, status: number, text: string, back: string): FastifyReply {
  const page = html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(language, 'shops.health.signIn.title')}</title>
<style>body{margin:0;padding:2rem 1rem;font:16px/1.5 system-ui,sans-serif;color:#1b1c22;background:#fff}main{max-width:36rem;margin:0 auto}@media (prefers-color-scheme:dark){body{color:#ecebf0;background:#17181c}a{color:#b9c6ff}}</style>
</head>
<body><main><h1>${say(language, 'shops.health.signIn.title')}</h1><p>${text}</p><p><a href="${back}">${say(language, 'shops.health.signIn.back')}</a></p></main></body>
</html>
`;
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page.text);
}
