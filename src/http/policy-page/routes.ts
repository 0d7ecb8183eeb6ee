import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { renderPolicy } from '../../core/policy/render.ts';
import { acceptedTags } from '../../core/shared/words.ts';
import type { ShopStore } from '../../ports/desk.ts';
import type { Languages } from '../../ports/languages.ts';
import type { PolicyStore } from '../../ports/standing.ts';
import type { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { problem, sendProblem } from '../problem.ts';
import { policyPage } from './page.ts';
import { POLICY_STYLE } from './style.ts';

export interface PolicyPageDeps {
  readonly shops: ShopStore;
  readonly policies: PolicyShelf;
  readonly versions: PolicyStore;
  readonly languages: Languages;
}

const params = z.object({ shop: z.string().max(60) });
const query = z.object({
  version: z.coerce.number().int().min(1).optional(),
  /** The language to read it in; left out, what the browser asks for, else the shop's first. */
  lang: z.string().max(35).optional(),
});

/** The public page of each shop's policy. */
export function policyPageRoutes(app: FastifyInstance, deps: PolicyPageDeps): void {
  app.get('/policy/style.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(POLICY_STYLE),
  );

  app.get('/policy/:shop', { schema: { hide: true, params, querystring: query } }, async (request, reply) => {
    const shop = await deps.shops.bySlug(params.parse(request.params).shop);
    const { version, lang } = query.parse(request.query);
    const policy =
      shop === null
        ? null
        : version === undefined
          ? await deps.policies.inForce(shop.id)
          : await deps.policies.version(shop.id, version);
    if (shop === null || policy === null) return sendProblem(reply, problem(404, 'There is no such policy.'));
    const language = deps.languages.firstOf([
      ...(lang === undefined ? [] : [lang]),
      ...acceptedTags(request.headers['accept-language']),
      ...shop.languages,
    ]);
    const page = policyPage({
      shop,
      prose: renderPolicy(policy.compiled.policy, 'customer', language.code),
      language,
      languages: deps.languages.all,
      version: policy.version.version,
      publishedAt: policy.version.publishedAt,
      versions: await deps.versions.list(shop.id),
    });
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'max-age=60')
      .header('vary', 'accept-language')
      .send(page);
  });
}
