import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { renderPolicy } from '../../core/policy/render.ts';
import type { ShopStore } from '../../ports/desk.ts';
import type { PolicyStore } from '../../ports/standing.ts';
import type { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { problem, sendProblem } from '../problem.ts';
import { policyPage } from './page.ts';
import { POLICY_STYLE } from './style.ts';

export interface PolicyPageDeps {
  readonly shops: ShopStore;
  readonly policies: PolicyShelf;
  readonly versions: PolicyStore;
}

const params = z.object({ shop: z.string().max(60) });
const query = z.object({ version: z.coerce.number().int().min(1).optional() });

/** The public page of each shop's policy. */
export function policyPageRoutes(app: FastifyInstance, deps: PolicyPageDeps): void {
  app.get('/policy/style.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(POLICY_STYLE),
  );

  app.get('/policy/:shop', { schema: { hide: true, params, querystring: query } }, async (request, reply) => {
    const shop = await deps.shops.bySlug(params.parse(request.params).shop);
    const { version } = query.parse(request.query);
    const policy =
      shop === null
        ? null
        : version === undefined
          ? await deps.policies.inForce(shop.id)
          : await deps.policies.version(shop.id, version);
    if (shop === null || policy === null) return sendProblem(reply, problem(404, 'There is no such policy.'));
    const page = policyPage({
      shop,
      prose: renderPolicy(policy.compiled.policy, 'customer'),
      language: 'en',
      version: policy.version.version,
      publishedAt: policy.version.publishedAt,
      versions: await deps.versions.list(shop.id),
    });
    return reply.type('text/html; charset=utf-8').header('cache-control', 'max-age=60').send(page);
  });
}
