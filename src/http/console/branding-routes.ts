import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { fileRoutes } from '../../contracts/files.ts';
import { done } from '../../contracts/route.ts';
import { themeOf } from '../../contracts/theme.ts';
import { type CustomerId, id } from '../../core/shared/brand.ts';
import { readColour } from '../../core/shared/contrast.ts';
import type { ShopStore } from '../../ports/desk.ts';
import type { Pictures } from '../../ports/hearing.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { LARGEST_LOGO, setAccent, setLogo } from '../../workflows/desk/branding.ts';
import type { SessionDeps } from '../../workflows/desk/sessions.ts';
import { sendPortalLink } from '../../workflows/portal/send-link.ts';
import { guard, working } from '../guard.ts';
import { problem, refused, sendProblem } from '../problem.ts';
import type { RegisterRoute } from './route.ts';

export interface BrandingDeps extends Deps, SessionDeps {
  readonly shops: ShopStore;
  readonly pictures: Pictures;
}

const shopParams = z.object({ shop: z.string() });

/** How a shop looks to its customers, and sending them a link to what they can see. */
export function brandingRoutes(app: FastifyInstance, route: RegisterRoute, deps: BrandingDeps): void {
  const brandingOf = async (shop: Shop) => {
    const { accentColour } = shop.settings;
    const { light, dark } = themeOf(accentColour === null ? null : readColour(accentColour));
    return { accentColour, light, dark, logo: (await deps.store.logos.updatedAt(shop.id)) !== null };
  };

  route('GET /api/shops/:shop/branding', async ({ shop }) => brandingOf(shop));

  route('PUT /api/shops/:shop/branding', async ({ shop, body }) => {
    const changed = await setAccent(deps, shop, body.accentColour);
    return changed.ok ? brandingOf(changed.value) : refused(changed.error);
  });

  route('DELETE /api/shops/:shop/branding/logo', async ({ shop }) => {
    await deps.store.logos.set(shop.id, null);
    return { ok: true as const };
  });

  route('POST /api/shops/:shop/customers/:id/portal-link', async ({ shop, params }) => {
    const sent = await sendPortalLink(deps, shop, id<CustomerId>(params.id));
    return sent.ok ? sent.value : refused(sent.error);
  });

  const SET = 'POST /api/shops/:shop/branding/logo';
  app.post(
    '/api/shops/:shop/branding/logo',
    {
      onRequest: guard(deps, fileRoutes[SET].access),
      schema: {
        tags: ['internal'],
        summary: fileRoutes[SET].summary,
        description: 'multipart/form-data with the one field "file": PNG, JPEG or WebP, at most 512 kB.',
        consumes: ['multipart/form-data'],
        params: shopParams,
        response: { 200: done, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart()
        ? await request.file({ limits: { files: 1, fileSize: LARGEST_LOGO + 1 } })
        : undefined;
      if (part === undefined)
        return sendProblem(reply, problem(415, 'Send the picture as multipart/form-data in the field "file".'));
      const bytes = await part.toBuffer().catch(() => null);
      const set =
        bytes === null
          ? await setLogo(deps, working(request).shop, Buffer.alloc(LARGEST_LOGO + 1))
          : await setLogo(deps, working(request).shop, bytes);
      return set.ok ? reply.send({ ok: true }) : sendProblem(reply, refused(set.error));
    },
  );

  const GET = 'GET /api/shops/:shop/branding/logo';
  app.get(
    '/api/shops/:shop/branding/logo',
    {
      onRequest: guard(deps, fileRoutes[GET].access),
      schema: { tags: ['internal'], summary: fileRoutes[GET].summary, params: shopParams },
    },
    async (request, reply) => {
      const logo = await deps.store.logos.of(working(request).shop.id);
      if (logo === null) return sendProblem(reply, problem(404, 'This shop has no logo.'));
      return reply.type(logo.type).header('content-disposition', 'inline').send(Buffer.from(logo.bytes));
    },
  );
}
