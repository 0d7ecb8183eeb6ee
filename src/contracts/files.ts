import { z } from 'zod';
import { uuid } from './common.ts';
import { customersSearch } from './customers.ts';
import { importFormat } from './imports.ts';
import type { Access } from './routes.ts';

const everyone = ['owner', 'manager', 'agent', 'auditor'] as const;
const managing = ['owner', 'manager'] as const;
const owning = ['owner'] as const;

/** Routes of the console that carry files one way or the other. The same access rules hold as for the table of routes. */
export const fileRoutes = {
  /** multipart/form-data: the field `format` (and, for lists, `meant`) first, then `file` (plain or .gz). Answers at once; ask for the import's progress. */
  'POST /api/shops/:shop/imports': { access: managing, summary: 'Import a file' },
  /** The list as it is searched, filtered and sorted, as CSV. */
  'POST /api/shops/:shop/customers.csv': { access: everyone, summary: 'The customers as CSV' },
  /** Measures with the addresses of whom they concern: the file that the format measures-csv takes in again. */
  'POST /api/shops/:shop/measures.csv': { access: managing, summary: 'The measures as CSV' },
  /** multipart/form-data: the fields `format` (one of the lists) and `meant`, then `file`. Reads it all and writes nothing. */
  'POST /api/shops/:shop/lists/preview': { access: managing, summary: 'What a file would do to the lists' },
  /** The lists as CSV, or their networks as a firewall takes them in. */
  'POST /api/shops/:shop/lists/export': { access: managing, summary: 'The lists as a file' },
  'GET /api/formats/:name/example': { access: 'signed-in', summary: 'An example file' },
  /** A file that came with an appeal, with its own safe content type; images may be shown in a page of the console. */
  'GET /api/shops/:shop/appeals/:id/attachments/:attachment': {
    access: everyone,
    summary: 'A file that came with an appeal',
  },
  /** A notice as a page of its own, made for paper. */
  'GET /api/shops/:shop/notices/:id/print': { access: everyone, summary: 'A notice, to be printed' },
  /** multipart/form-data with the one field `file`: PNG, JPEG or WebP. */
  'POST /api/shops/:shop/branding/logo': { access: owning, summary: 'Set the logo' },
  'GET /api/shops/:shop/branding/logo': { access: everyone, summary: 'The logo' },
} as const satisfies Record<string, { access: Access; summary: string }>;

export const uploadFormat = importFormat.exclude(['sample']);
/** Files of lists. */
export const listFormat = importFormat.extract(['lists-csv', 'fraud-filter', 'blockify-ips', 'woocommerce-blacklist']);
export const uploaded = z.object({ import: uuid });
/** How an exported list is laid out: as Evenhand says it, or as a platform takes it in. Those hold addresses, and are for managers. */
export const exportLayout = z.enum(['plain', 'shopify', 'woocommerce']);
export const customersExport = customersSearch
  .omit({ cursor: true, limit: true })
  .extend({ layout: exportLayout.default('plain') });
export const measuresExport = z.object({
  state: z.enum(['active', 'suspended', 'expired', 'lifted', 'voided']).optional(),
});
export type MeasuresExport = z.input<typeof measuresExport>;
export type CustomersExport = z.input<typeof customersExport>;
