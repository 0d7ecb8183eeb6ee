import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fastifyMultipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { customersExport, fileRoutes, measuresExport, uploaded, uploadFormat } from '../../contracts/files.ts';
import { say } from '../../core/shared/words.ts';
import type { ConsoleReads } from '../../ports/console.ts';
import type { Languages } from '../../ports/languages.ts';
import type { Vault } from '../../ports.ts';
import type { Imports } from '../../workflows/console/imports.ts';
import { readSearch } from '../../workflows/console/search.ts';
import type { SessionDeps } from '../../workflows/desk/sessions.ts';
import { formats } from '../../workflows/import/formats.ts';
import type { ListDeps } from '../../workflows/lists/write-entries.ts';
import { guard, signedIn, working } from '../guard.ts';
import { problem, refused, sendProblem } from '../problem.ts';
import { listFileRoutes } from './list-files.ts';
import { customersCsv, measuresCsv } from './lists.ts';
import type { RegisterRoute } from './route.ts';

export interface FileDeps extends SessionDeps, ListDeps {
  readonly languages: Languages;
  readonly reads: ConsoleReads;
  readonly vault: Vault;
  readonly imports: Imports;
  /** The largest upload in bytes. */
  readonly largestUpload: number;
  readonly examplesFolder: string;
}

const shopParams = z.object({ shop: z.string() });
const exampleParams = z.object({ name: uploadFormat });

/** The field `meant`, where it came before the file: whoever sends it says that entries which hit many are meant so. */
export const isMeant = ({ fields: { meant } }: MultipartFile): boolean =>
  meant !== undefined && !Array.isArray(meant) && meant.type === 'field' && meant.value === 'true';

/** Uploads and downloads, and what the formats are. */
export async function fileRoutesOf(app: FastifyInstance, route: RegisterRoute, deps: FileDeps): Promise<void> {
  await app.register(fastifyMultipart, {
    limits: { files: 1, fields: 4, fieldSize: 200, fileSize: deps.largestUpload, parts: 5 },
    throwFileSizeLimit: false,
  });

  const UPLOAD = 'POST /api/shops/:shop/imports';
  app.post(
    '/api/shops/:shop/imports',
    {
      onRequest: guard(deps, fileRoutes[UPLOAD].access),
      bodyLimit: deps.largestUpload,
      schema: {
        tags: ['internal'],
        summary: fileRoutes[UPLOAD].summary,
        description:
          'multipart/form-data with the field "format" (and "meant" for lists), then the file in "file", plain or as .gz.',
        consumes: ['multipart/form-data'],
        params: shopParams,
        response: { 200: uploaded, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart() ? await request.file() : undefined;
      if (part === undefined)
        return sendProblem(reply, problem(415, 'Send the file as multipart/form-data in the field "file".'));
      const field = part.fields.format;
      const format = uploadFormat.safeParse(
        field !== undefined && !Array.isArray(field) && field.type === 'field' ? field.value : undefined,
      );
      if (!format.success) {
        part.file.resume();
        const message = `must come before the file and be ${uploadFormat.options.join(', ')}`;
        return sendProblem(reply, problem(400, `"format" ${message}.`, { errors: [{ field: 'format', message }] }));
      }
      const { shop, role } = working(request);
      const started = await deps.imports.upload(
        shop,
        { id: signedIn(request).staff.id, role },
        {
          format: format.data,
          meant: isMeant(part),
          name: part.filename.slice(0, 200),
          stream: part.file,
          truncated: () => part.file.truncated,
          limit: `${Math.round(deps.largestUpload / 1e6)} MB`,
        },
      );
      if (started.ok) return reply.send(started.value);
      part.file.resume();
      return sendProblem(reply, refused(started.error));
    },
  );

  route('POST /api/shops/:shop/sample', async ({ shop, session }) => {
    const started = await deps.imports.sample(shop, session.staff.id);
    return started.ok ? started.value : refused(started.error);
  });

  listFileRoutes(app, deps);

  const EXPORT = 'POST /api/shops/:shop/customers.csv';
  app.post(
    '/api/shops/:shop/customers.csv',
    {
      onRequest: guard(deps, fileRoutes[EXPORT].access),
      schema: { tags: ['internal'], summary: fileRoutes[EXPORT].summary, params: shopParams, body: customersExport },
    },
    async (request, reply) => {
      const { shop, role } = working(request);
      const { standing, sort, q, layout } = customersExport.parse(request.body);
      if (layout !== 'plain' && role !== 'owner' && role !== 'manager')
        return sendProblem(reply, problem(403, 'Lists with addresses are for owners and managers.'));
      const wanted = { standings: standing, sort, search: readSearch(deps.vault, shop, q ?? '') };
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="customers-${shop.slug}.csv"`)
        .send(Readable.from(customersCsv(deps.reads, shop, wanted, layout)));
    },
  );

  const MEASURES = 'POST /api/shops/:shop/measures.csv';
  app.post(
    '/api/shops/:shop/measures.csv',
    {
      onRequest: guard(deps, fileRoutes[MEASURES].access),
      schema: { tags: ['internal'], summary: fileRoutes[MEASURES].summary, params: shopParams, body: measuresExport },
    },
    async (request, reply) => {
      const { shop } = working(request);
      const { state } = measuresExport.parse(request.body);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="measures-${shop.slug}.csv"`)
        .send(Readable.from(measuresCsv(deps.reads, shop, state ?? null)));
    },
  );

  route('GET /api/formats', async ({ language }) => ({
    items: Object.values(formats).map(({ name, columns, exampleFile }) => ({
      name,
      title: say(language, `imports.format.${name}.title`),
      summary: say(language, `imports.format.${name}.summary`),
      columns: columns.map((column) => ({
        ...column,
        meaning: say(language, `imports.format.${name}.columns.${column.name}`),
      })),
      exampleFile,
    })),
  }));

  const EXAMPLE = 'GET /api/formats/:name/example';
  app.get(
    '/api/formats/:name/example',
    {
      onRequest: guard(deps, fileRoutes[EXAMPLE].access),
      schema: { tags: ['internal'], summary: fileRoutes[EXAMPLE].summary, params: exampleParams },
    },
    async (request, reply) => {
      const { exampleFile } = formats[exampleParams.parse(request.params).name];
      const example = await readFile(join(deps.examplesFolder, exampleFile));
      return reply
        .type(exampleFile.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="${exampleFile}"`)
        .send(example);
    },
  );
}
