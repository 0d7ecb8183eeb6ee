import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NewFile } from '../../ports/linking.ts';
import { Refusal } from '../refusal.ts';

/**
 * A file that is written beside its place under another name and put there when it is whole. Throws a `Refusal` when it cannot
 * be written, and, without `overwrite`, when a file is there already: then before any work is done.
 */
export async function newFile(path: string, overwrite: boolean): Promise<NewFile> {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory() === true) throw new Refusal(`${path} is a folder: name a file.`);
  if (there !== null && !overwrite) throw exists(path);
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
  return new PartFile(path, part, overwrite, await openPart(part, path));
}

class PartFile implements NewFile {
  readonly path: string;
  readonly #part: string;
  readonly #overwrite: boolean;
  readonly #handle: FileHandle;
  #open = true;
  #placed = false;

  constructor(path: string, part: string, overwrite: boolean, handle: FileHandle) {
    this.path = path;
    this.#part = part;
    this.#overwrite = overwrite;
    this.#handle = handle;
  }

  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text).catch((error: NodeJS.ErrnoException) => {
      throw unwritable(this.path, error);
    });
  }

  async keep(): Promise<void> {
    await this.#handle.sync();
    await this.#close();
    if (this.#overwrite) await rename(this.#part, this.path);
    else await this.#placeIfFree();
    this.#placed = true;
  }

  async discard(): Promise<void> {
    await this.#close();
    if (!this.#placed) await unlink(this.#part).catch(() => undefined);
  }

  /** A second name fails where a file is; a rename would put it in its place without a word. */
  async #placeIfFree(): Promise<void> {
    try {
      await link(this.#part, this.path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw exists(this.path);
      if ((await stat(this.path).catch(() => null)) !== null) throw exists(this.path);
      await rename(this.#part, this.path);
      return;
    }
    await unlink(this.#part);
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}

async function openPart(part: string, path: string): Promise<FileHandle> {
  try {
    return await open(part, 'wx', 0o600);
  } catch (error) {
    throw unwritable(path, error as NodeJS.ErrnoException);
  }
}

function unwritable(path: string, { code }: NodeJS.ErrnoException): Refusal {
  if (code === 'ENOENT') return new Refusal(`There is no folder ${dirname(path)} to write ${basename(path)} in.`);
  if (code === 'ENOSPC') return new Refusal(`${path} could not be written: the disk is full. Nothing was left behind.`);
  return new Refusal(`${path} cannot be written (${code ?? 'no reason given'}).`);
}

function exists(path: string): Refusal {
  return new Refusal(`${path} is there already: give another name, or --force to replace it.`);
}
