import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

/**
 * An upload, kept in a temporary file for as long as `work` runs. Refuses more than `most` bytes as soon as they have come.
 */
export async function withUpload<T>(
  name: string,
  upload: Readable,
  most: number,
  work: (source: ImportSource) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'evenhand-upload-'));
  try {
    const path = join(folder, 'file');
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(
          bytes > most
            ? new FileFault(
                `The file is larger than ${Math.round(most / 1e6)} MB: import it with the command "evenhand import".`,
              )
            : null,
          chunk,
        );
      },
    });
    await pipeline(upload, counted, createWriteStream(path, { mode: 0o600 }));
    return await work({ ...(await fileSource(path)), name });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
