import { z } from 'zod';
import { at, uuid } from './common.ts';

export const importFormat = z.enum([
  'events',
  'orders-csv',
  'customers-csv',
  'shopify-customers',
  'woocommerce-customers',
  'measures-csv',
  'lists-csv',
  'fraud-filter',
  'blockify-ips',
  'woocommerce-blacklist',
  'online-retail',
  'sample',
]);

export const importRun = z.object({
  id: uuid,
  format: importFormat,
  fileName: z.string(),
  status: z.enum(['running', 'done', 'failed', 'interrupted']),
  startedAt: at,
  finishedAt: at.nullable(),
  bytesTotal: z.number().nullable(),
  bytesRead: z.number(),
  rowsRead: z.int(),
  added: z.int(),
  known: z.int(),
  conflicts: z.int(),
  skipped: z.array(
    z.object({
      reason: z.string(),
      count: z.int(),
      examples: z.array(z.object({ where: z.string(), what: z.string() })),
    }),
  ),
  error: z.string().nullable(),
  startedBy: z.string().nullable(),
});
export type ImportRunView = z.infer<typeof importRun>;
export const importRuns = z.object({ items: z.array(importRun) });

/** GET /api/formats: what each looks like, with an example to download. */
export const formatDoc = z.object({
  name: importFormat,
  title: z.string(),
  summary: z.string(),
  columns: z.array(z.object({ name: z.string(), required: z.boolean(), meaning: z.string() })),
  exampleFile: z.string(),
});
export const formatDocs = z.object({ items: z.array(formatDoc) });
