import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { FileFault } from './fault.ts';

/** A file to import. It is read twice: once to see that it is whole and well formed, once to import it. */
export interface ImportSource {
  readonly name: string;
  readonly bytes: number;
  /** The bytes from the start. */
  readonly open: () => Readable;
}

const READ_AT_ONCE = 1 << 20;

/** A file on this machine. Throws a `FileFault` when there is none that can be read. */
export async function fileSource(path: string): Promise<ImportSource> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new FileFault(
      error.code === 'ENOENT'
        ? `There is no file ${path}.`
        : `${path} cannot be read (${error.code ?? 'no reason given'}).`,
    );
  });
  if (!found.isFile()) throw new FileFault(`${path} is not a file.`);
  return {
    name: basename(path),
    bytes: found.size,
    open: () => createReadStream(path, { highWaterMark: READ_AT_ONCE }),
  };
}
