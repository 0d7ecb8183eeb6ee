import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readColour } from '../../core/shared/contrast.ts';
import { acceptedTags, type Language, languageFor } from '../../core/shared/words.ts';
import type { PortalSession } from '../../ports/hearing.ts';
import type { Shop } from '../../ports.ts';
import { type OpenedPortal, portalSession } from '../../workflows/portal/sessions.ts';
import type { PortalAssets } from './assets.ts';
import type { PortalDeps } from './deps.ts';
import type { Visit } from './visit.ts';

export const PORTAL_COOKIE = 'evenhand_portal';
const FORM_COOKIE = 'evenhand_portal_form';
const LANGUAGE_COOKIE = 'evenhand_portal_language';
const YEAR_SECONDS = 31_536_000;

/** Who asks, in which language, for which shop. Null: there is no such shop. Remembers a language that the address asks for. */
export async function visitOf(
  deps: PortalDeps,
  assets: PortalAssets,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | null> {
  const { shop: slug } = request.params as { shop: string };
  const shop = await deps.shops.bySlug(slug);
  if (shop === null) return null;
  const token = portalToken(request);
  const [session, logo] = await Promise.all([
    token === null ? null : portalSession(deps, shop.id, token),
    deps.store.logos.updatedAt(shop.id),
  ]);
  const language = await languageOf(deps, shop, session, request, reply);
  return {
    shop,
    base: `/c/${shop.slug}`,
    session,
    language,
    languages: deps.languages.all,
    csrf: session?.csrf ?? formToken(shop, request, reply),
    logo,
    accent: shop.settings.accentColour === null ? null : readColour(shop.settings.accentColour),
    assets: await assets(language.code),
  };
}

export const portalToken = (request: FastifyRequest): string | null => request.cookies[PORTAL_COOKIE] ?? null;

/** Out of reach of scripts and of other sites' requests; over https never sent in the clear; for this shop's pages only. */
const attributes = (shop: Pick<Shop, 'slug'>, request: FastifyRequest) =>
  ({ path: `/c/${shop.slug}`, httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const;

export function rememberSession(shop: Shop, request: FastifyRequest, reply: FastifyReply, opened: OpenedPortal): void {
  reply.setCookie(PORTAL_COOKIE, opened.token, {
    ...attributes(shop, request),
    expires: new Date(opened.session.expiresAt),
  });
}

export function forgetSession(shop: Shop, request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(PORTAL_COOKIE, attributes(shop, request));
}

/** For forms of somebody who is not signed in: the same in the form and in a cookie, which another site can neither read nor set. */
function formToken(shop: Shop, request: FastifyRequest, reply: FastifyReply): string {
  const known = request.cookies[FORM_COOKIE];
  if (known !== undefined && /^[\w-]{43}$/.test(known)) return known;
  const fresh = randomBytes(32).toString('base64url');
  reply.setCookie(FORM_COOKIE, fresh, attributes(shop, request));
  return fresh;
}

/** What the address asks for, else what was chosen before, else what the browser asks for, else the shop's first. */
async function languageOf(
  deps: PortalDeps,
  shop: Shop,
  session: PortalSession | null,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Language> {
  const asked = (request.query as { lang?: unknown }).lang;
  const chosen = typeof asked === 'string' ? languageFor(deps.languages.all, asked.slice(0, 35)) : null;
  if (chosen !== null) {
    reply.setCookie(LANGUAGE_COOKIE, chosen.code, { ...attributes(shop, request), maxAge: YEAR_SECONDS });
    if (session !== null) await deps.store.portal.chooseLanguage(shop.id, session.customer, chosen.code);
    return chosen;
  }
  const kept = session === null ? null : await deps.store.portal.language(shop.id, session.customer);
  const tags = [kept, request.cookies[LANGUAGE_COOKIE], ...acceptedTags(request.headers['accept-language'])];
  return deps.languages.firstOf([...tags.filter((tag) => tag !== null && tag !== undefined), ...shop.languages]);
}
