import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { problem as problemSchema, uuid } from '../../contracts/common.ts';
import { fileRoutes } from '../../contracts/files.ts';
import { type AppealId, type AttachmentId, id } from '../../core/shared/brand.ts';
import type { Blobs } from '../../ports/hearing.ts';
import type { Deps } from '../../ports/store.ts';
import type { SessionDeps } from '../../workflows/desk/sessions.ts';
import { guard, working } from '../guard.ts';
import { problem, sendProblem } from '../problem.ts';

const ROUTE = 'GET /api/shops/:shop/appeals/:id/attachments/:attachment';
const params = z.object({ shop: z.string(), id: uuid, attachment: uuid });

const ENDINGS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
} as const;

/**
 * A file that came with an appeal, for staff of the shop alone: with the type its bytes have, never guessed again by a browser, in
 * a sandbox where nothing in it can run. Pictures may be looked at in place; anything else is saved. Named by its id, because its
 * own name came from outside and would stand in a header.
 */
export function attachmentRoute(
  app: FastifyInstance,
  deps: SessionDeps & Pick<Deps, 'store'> & { readonly blobs: Blobs },
): void {
  app.get(
    '/api/shops/:shop/appeals/:id/attachments/:attachment',
    {
      onRequest: guard(deps, fileRoutes[ROUTE].access),
      schema: { tags: ['internal'], summary: fileRoutes[ROUTE].summary, params, response: { '4xx': problemSchema } },
    },
    async (request, reply) => {
      const { shop } = working(request);
      const asked = params.parse(request.params);
      const file = await deps.store.appeals.attachment(shop.id, id<AttachmentId>(asked.attachment));
      const bytes =
        file === null || file.appeal !== id<AppealId>(asked.id)
          ? null
          : await deps.blobs.get(shop.id, file.customer, file.id);
      if (file === null || bytes === null) return sendProblem(reply, problem(404, 'There is no such file.'));
      const how = file.type === 'application/pdf' ? 'attachment' : 'inline';
      return reply
        .type(file.type)
        .header('content-disposition', `${how}; filename="${file.id}.${ENDINGS[file.type]}"`)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin')
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  );
}
