import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, sendProblem } from '../problem.ts';
import { accessRoutes } from './access-routes.ts';
import { appealRoutes } from './appeal-routes.ts';
import { visitOf } from './asking.ts';
import { portalAssets } from './assets.ts';
import { dataRoutes } from './data-routes.ts';
import type { PortalDeps } from './deps.ts';
import { LARGEST_UPLOAD, plainForms } from './forms.ts';
import { lookRoutes } from './look-routes.ts';
import { objectionRoutes } from './objection-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { failedPage, notFoundPage, stalePage, tooLargePage } from './pages/simple.ts';
import { portalRouter, send } from './router.ts';
import type { Page, Visit } from './visit.ts';

/** Scripts and styles of our own address only, none within a page; forms go nowhere else, and nobody may frame us. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The customers' pages of every shop, below `/c/<shop>`: made here, whole without a script. Needs the reader of multipart forms
 * registered before. Whatever goes wrong is said on a page, in the reader's language.
 */
export async function portalRoutes(app: FastifyInstance, deps: PortalDeps): Promise<void> {
  const assets = portalAssets(deps.webFolder);
  await app.register(
    async (portal) => {
      plainForms(portal);
      portal.addHook('onRequest', async (request, reply) => {
        reply.headers({
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex, nofollow',
          'cache-control': 'no-store',
        });
        if (Number(request.headers['content-length'] ?? 0) <= LARGEST_UPLOAD) return undefined;
        // Answered before anything of it is read; the connection goes with it.
        reply.header('connection', 'close');
        return say(request, reply, tooLargePage, 413);
      });
      portal.setErrorHandler(async (error: FastifyError, request, reply) => {
        if (error.statusCode === 413) return say(request, reply, tooLargePage, 413);
        if (error.statusCode === 415 || error.statusCode === 406) return say(request, reply, stalePage, 415);
        if (error.statusCode !== undefined && error.statusCode < 500) return say(request, reply, notFoundPage, 404);
        request.log.error({ err: error, route: request.routeOptions.url }, 'A page of the portal failed');
        return say(request, reply, (visit) => failedPage(visit, request.id), 500);
      });
      const say = async (
        request: FastifyRequest,
        reply: FastifyReply,
        page: (visit: Visit) => Page,
        status: number,
      ): Promise<FastifyReply> => {
        const visit = await visitOf(deps, assets, request, reply).catch(() => null);
        return visit === null
          ? sendProblem(reply, problem(status, 'This page cannot be shown.'))
          : send(reply, visit, page(visit));
      };

      lookRoutes(portal, deps);
      const router = portalRouter(portal, deps, assets);
      accessRoutes(router, deps);
      pageRoutes(router, deps);
      appealRoutes(router, deps);
      objectionRoutes(router, deps);
      dataRoutes(router, deps);
      router.open('/*', async ({ visit }) => notFoundPage(visit));
      router.openForm('/*', async ({ visit }) => notFoundPage(visit));
    },
    { prefix: '/c/:shop' },
  );
}
