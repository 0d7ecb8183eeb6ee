import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptedTags } from '../../core/shared/words.ts';
import type { Languages } from '../../ports/languages.ts';
import type { Laws } from '../../ports/law.ts';
import { lawDocument } from './law-page.ts';
import { type Reference, referencePage } from './page.ts';
import { DOCS_STYLE } from './style.ts';

export interface DocsDeps {
  readonly laws: Laws;
  readonly languages: Languages;
}

const query = z.object({
  /** The language to read it in; left out, what the browser asks for. */
  lang: z.string().max(35).optional(),
});

/** The API reference: a page for people at /docs, the OpenAPI document for tools; and the law at /docs/law. */
export function docsRoutes(app: FastifyInstance, { laws, languages }: DocsDeps): void {
  const hidden = { schema: { hide: true } };
  let page: string | null = null;
  app.get('/docs/openapi.json', hidden, async (_request, reply) => reply.send(app.swagger()));
  app.get('/docs', hidden, async (_request, reply) => {
    page ??= referencePage(app.swagger() as unknown as Reference);
    return reply.type('text/html; charset=utf-8').send(page);
  });
  app.get('/docs/law', { schema: { hide: true, querystring: query } }, async (request, reply) => {
    const { lang } = query.parse(request.query);
    const language = languages.firstOf([
      ...(lang === undefined ? [] : [lang]),
      ...acceptedTags(request.headers['accept-language']),
    ]);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'max-age=3600')
      .header('vary', 'accept-language')
      .send(lawDocument(laws.book, language));
  });
  app.get('/docs/style.css', hidden, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(DOCS_STYLE),
  );
}
