import type { FastifyInstance } from 'fastify';
import { type Reference, referencePage } from './page.ts';
import { DOCS_STYLE } from './style.ts';

/** The API reference: a page for people at /docs, the OpenAPI document for tools. */
export function docsRoutes(app: FastifyInstance): void {
  const hidden = { schema: { hide: true } };
  let page: string | null = null;
  app.get('/docs/openapi.json', hidden, async (_request, reply) => reply.send(app.swagger()));
  app.get('/docs', hidden, async (_request, reply) => {
    page ??= referencePage(app.swagger() as unknown as Reference);
    return reply.type('text/html; charset=utf-8').send(page);
  });
  app.get('/docs/style.css', hidden, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(DOCS_STYLE),
  );
}
