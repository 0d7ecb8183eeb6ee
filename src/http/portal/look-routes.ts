import type { FastifyInstance } from 'fastify';
import { readColour } from '../../core/shared/contrast.ts';
import { problem, sendProblem } from '../problem.ts';
import type { PortalDeps } from './deps.ts';
import { PORTAL_STYLE, themeStyle } from './style.ts';

const HIDDEN = { schema: { hide: true } };
/** Addresses carry a version, so that what is kept is never out of date for long. */
const KEPT = 'public, max-age=86400';

/** How a shop's pages look: the style they share, the shop's colours, its logo. */
export function lookRoutes(app: FastifyInstance, deps: PortalDeps): void {
  const shopOf = (request: { params: unknown }) => deps.shops.bySlug((request.params as { shop: string }).shop);

  app.get('/style.css', HIDDEN, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', KEPT).send(PORTAL_STYLE),
  );

  app.get('/theme.css', HIDDEN, async (request, reply) => {
    const shop = await shopOf(request);
    if (shop === null) return sendProblem(reply, problem(404, 'There is no such shop.'));
    const accent = shop.settings.accentColour === null ? null : readColour(shop.settings.accentColour);
    return reply.type('text/css; charset=utf-8').header('cache-control', KEPT).send(themeStyle(accent));
  });

  app.get('/logo', HIDDEN, async (request, reply) => {
    const shop = await shopOf(request);
    const logo = shop === null ? null : await deps.store.logos.of(shop.id);
    if (logo === null) return sendProblem(reply, problem(404, 'This shop has no logo.'));
    return reply
      .type(logo.type)
      .header('content-disposition', 'inline')
      .header('cache-control', KEPT)
      .send(Buffer.from(logo.bytes));
  });
}
