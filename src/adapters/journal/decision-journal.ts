import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecisionJournal, JournalEntry } from '../../ports/journal.ts';
import type { Vault } from '../../ports.ts';

/** So much may wait: about half a million decisions. */
const MOST_BYTES = 256 * 1_048_576;
const ENTRIES_AT_ONCE = 200;

export interface DecisionJournalOptions {
  readonly folder: string;
  /** Entries are sealed, a line each: they say what was found out about customers. */
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly mostBytes?: number;
}

/**
 * A journal in a folder that several processes may share. Each writes files of its own; one that starts takes over what it finds by renaming
 * it, also from processes that live: whoever writes looks, after the write is synced and before it is confirmed, whether the file is still
 * theirs, and writes anew where it is not. So a confirmed line is always in a file that somebody will deliver, if need be twice. Many entries
 * that are added at once are written and synced together. A line that a crash cut off was never confirmed, and is left out.
 */
export function createDecisionJournal(options: DecisionJournalOptions): DecisionJournal {
  return new Journal(options);
}

type Take = (entries: readonly JournalEntry[]) => Promise<readonly JournalEntry[]>;

interface Waiting {
  readonly text: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface JournalFile {
  readonly path: string;
  bytes: number;
}

class Journal implements DecisionJournal {
  readonly #folder: string;
  readonly #vault: DecisionJournalOptions['vault'];
  readonly #mostBytes: number;
  /** Files that this process writes to no more, oldest first. */
  readonly #full: JournalFile[];
  #file: (JournalFile & { readonly handle: FileHandle }) | null = null;
  /** In files and on the way there. */
  #bytes = 0;
  #queue: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #delivering: Promise<void> | null = null;

  constructor({ folder, vault, mostBytes = MOST_BYTES }: DecisionJournalOptions) {
    this.#folder = folder;
    this.#vault = vault;
    this.#mostBytes = mostBytes;
    this.#full = takeOver(folder);
    this.#bytes = this.#full.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get isEmpty(): boolean {
    return this.#full.length === 0 && this.#file === null && this.#queue.length === 0;
  }

  async add(entries: readonly JournalEntry[], share = 1): Promise<void> {
    const text = this.#sealed(entries);
    if (this.#bytes + text.length > this.#mostBytes * share)
      throw new Error(`The journal of decisions is full: ${this.#bytes} bytes wait for the database`);
    await this.#enqueue(text);
  }

  deliver(take: Take, report: (error: Error) => void): Promise<void> {
    this.#delivering ??= this.#deliver(take, report).finally(() => {
      this.#delivering = null;
    });
    return this.#delivering;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#delivering?.catch(() => undefined);
    await this.#endFile();
  }

  #sealed(entries: readonly JournalEntry[]): string {
    return entries.map((entry) => `${this.#vault.seal(JSON.stringify(entry)).toString('base64')}\n`).join('');
  }

  #enqueue(text: string): Promise<void> {
    this.#bytes += text.length;
    return new Promise((done, failed) => {
      this.#queue.push({ text, done, failed });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    await null;
    while (this.#queue.length > 0) {
      const some = this.#queue;
      this.#queue = [];
      const text = some.map((each) => each.text).join('');
      try {
        while (!(await this.#append(text)));
        for (const { done } of some) done();
      } catch (error) {
        this.#bytes -= text.length;
        // Part of it may have been written, and a line behind it would be unreadable: the next goes to a file of its own.
        await this.#endFile().catch(() => undefined);
        for (const { failed } of some) failed(error);
      }
    }
    // In the same turn as the last look: whoever comes after begins anew.
    this.#writing = null;
  }

  /** False: the file belongs to another process by now, and what is in it is that process's to deliver. */
  async #append(text: string): Promise<boolean> {
    this.#file ??= await newFile(this.#folder);
    const file = this.#file;
    await file.handle.appendFile(text);
    await file.handle.datasync();
    if (await exists(file.path)) {
      file.bytes += text.length;
      return true;
    }
    this.#file = null;
    this.#bytes -= file.bytes;
    await file.handle.close();
    return false;
  }

  async #deliver(take: Take, report: (error: Error) => void): Promise<void> {
    // What is added from here on goes to another file.
    await this.#writing;
    await this.#endFile();
    for (let left = this.#full.length; left > 0; left -= 1) {
      const file = this.#full[0];
      if (file === undefined) return;
      try {
        if ((await this.#handOver(file.path, take, report)) === 0) await unlink(file.path);
        else await rename(file.path, `${file.path}.unreadable`);
      } catch (error) {
        // Another process took it over, and delivers it.
        if ((error as { code?: string }).code !== 'ENOENT') throw error;
      }
      this.#full.shift();
      this.#bytes -= file.bytes;
    }
  }

  /** Gives how many lines could not be read, except one that was cut off. What was not taken is written anew first. */
  async #handOver(path: string, take: Take, report: (error: Error) => void): Promise<number> {
    const handle = await open(path, 'r');
    let unreadable = 0;
    try {
      const endsCutOff = await isCutOff(handle);
      let some: JournalEntry[] = [];
      let lastIsBad = false;
      const hand = async (): Promise<void> => {
        const left = some.length === 0 ? [] : await take(some);
        if (left.length > 0) await this.#enqueue(this.#sealed(left));
        some = [];
      };
      for await (const line of handle.readLines({ autoClose: false, start: 0 })) {
        const entry = this.#read(line);
        lastIsBad = entry === null;
        if (entry === null) unreadable += 1;
        else some.push(entry);
        if (some.length >= ENTRIES_AT_ONCE) await hand();
      }
      await hand();
      if (lastIsBad && endsCutOff) unreadable -= 1;
    } finally {
      await handle.close();
    }
    if (unreadable > 0)
      report(
        new Error(
          `${unreadable} recorded decisions in the journal could not be read: they were altered, or written under another master key. They are kept in ${path}.unreadable`,
        ),
      );
    return unreadable;
  }

  #read(line: string): JournalEntry | null {
    try {
      return JSON.parse(this.#vault.open(Buffer.from(line, 'base64'))) as JournalEntry;
    } catch {
      return null;
    }
  }

  async #endFile(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    this.#file = null;
    this.#full.push(file);
    await file.handle.close();
  }
}

/** Renames what lies in the folder, so that nobody else takes or confirms anything in it any more; gives it, oldest first. */
function takeOver(folder: string): JournalFile[] {
  const names = namesIn(folder).filter((name) => name.endsWith('.jsonl'));
  return names.sort().flatMap((name) => {
    const path = join(folder, `${name.split('-')[0]}-${randomUUID()}.jsonl`);
    try {
      renameSync(join(folder, name), path);
      return [{ path, bytes: statSync(path).size }];
    } catch (error) {
      // Another process was faster.
      if ((error as { code?: string }).code === 'ENOENT') return [];
      throw error;
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}

async function newFile(folder: string): Promise<JournalFile & { readonly handle: FileHandle }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${Date.now().toString().padStart(15, '0')}-${randomUUID()}.jsonl`);
  const handle = await open(path, 'ax', 0o600);
  try {
    await syncFolder(folder);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { path, handle, bytes: 0 };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return false;
    throw error;
  }
}

/** Whether the last line has no end. */
async function isCutOff(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

/** A new file is only found again after a crash once its folder is on the disk. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
