import { z } from 'zod';
import { uuid } from './common.ts';
import { customersQuery } from './customers.ts';
import { importFormat } from './imports.ts';
import type { Access } from './routes.ts';

const everyone = ['owner', 'manager', 'agent', 'auditor'] as const;
const managing = ['owner', 'manager'] as const;

/** Routes of the console that carry files one way or the other. The same access rules hold as for the table of routes. */
export const fileRoutes = {
  /** multipart/form-data: the field `format` first, then `file` (plain or .gz). Answers at once; ask for the import's progress. */
  'POST /api/shops/:shop/imports': { access: managing, summary: 'Import a file' },
  /** The list as it is filtered and sorted, as CSV. */
  'GET /api/shops/:shop/customers.csv': { access: everyone, summary: 'The customers as CSV' },
  'GET /api/formats/:name/example': { access: 'signed-in', summary: 'An example file' },
} as const satisfies Record<string, { access: Access; summary: string }>;

export const uploadFormat = importFormat.exclude(['sample']);
export const uploaded = z.object({ import: uuid });
export const exportQuery = customersQuery.omit({ cursor: true, limit: true });
