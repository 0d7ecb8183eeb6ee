import type { z } from 'zod';
import type { listFormat } from '../../contracts/files.ts';

export type ListFormat = z.infer<typeof listFormat>;

const EACH: Readonly<Record<ListFormat, true>> = {
  'lists-csv': true,
  'fraud-filter': true,
  'blockify-ips': true,
  'woocommerce-blacklist': true,
};

/** The formats of files of lists, which are looked at before they are brought in. */
export const LIST_FORMATS = Object.keys(EACH) as readonly ListFormat[];

/** The format of this name, where it is one of lists. */
export const listFormatNamed = (name: string): ListFormat | undefined => LIST_FORMATS.find((each) => each === name);
