import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const REAL = join(import.meta.dirname, '../../../shared/data/online-retail.csv.gz');

/** A plain file in the Online Retail format: the published one where it is at hand, otherwise an invented one of the same shape. */
export async function retailFile(folder: string): Promise<{ readonly path: string; readonly what: string }> {
  const path = join(folder, 'retail.csv');
  if (existsSync(REAL)) {
    await pipeline(createReadStream(REAL), createGunzip(), createWriteStream(path));
    return { path, what: 'UCI Online Retail' };
  }
  await writeFile(path, invented(20_000));
  return { path, what: 'an invented file like Online Retail' };
}

/** Invoices of about 22 lines each, as in the published file. */
function invented(invoices: number): string {
  const lines = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'];
  const begin = Date.UTC(2011, 0, 1, 8);
  for (let invoice = 0; invoice < invoices; invoice++) {
    const at = new Date(begin + invoice * 25 * 60_000).toISOString().replace('T', ' ').slice(0, 19);
    const customer = 12_000 + ((invoice * 7919) % 4_300);
    const credit = invoice % 7 === 6;
    for (let line = 0; line < (credit ? 2 : 22); line++) {
      const article = 20_000 + ((invoice * 31 + line * 97) % 3_900);
      const price = (((invoice + line * 13) % 900) + 1) / 100;
      lines.push(
        `${credit ? 'C' : ''}${536_365 + invoice},${article},ARTICLE NUMBER ${article} IN A BOX,${credit ? -1 : 1 + (line % 12)},${at},${price},${customer}.0,United Kingdom`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
