import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecisionJournal, JournalEntry } from '../../ports/journal.ts';

/** So much may wait: about a million decisions. */
const MOST_BYTES = 256 * 1_048_576;
const ENTRIES_AT_ONCE = 200;

/**
 * A journal in a folder. Entries are lines of JSON in a file that only this process writes; files of processes before it are delivered with
 * its own. Many that are added at once are written and synced together. A line that a crash cut off was never confirmed, and is left out.
 */
export function createDecisionJournal(folder: string, mostBytes: number = MOST_BYTES): DecisionJournal {
  return new Journal(folder, mostBytes);
}

interface Waiting {
  readonly text: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

class Journal implements DecisionJournal {
  readonly #folder: string;
  readonly #mostBytes: number;
  /** Files that nobody writes to any more, oldest first. */
  readonly #full: string[];
  #file: { readonly path: string; readonly handle: FileHandle } | null = null;
  #bytes = 0;
  #queue: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #delivering: Promise<void> | null = null;

  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
    this.#full = leftBehind(folder);
    this.#bytes = this.#full.reduce((sum, path) => sum + statSync(path).size, 0);
  }

  get isEmpty(): boolean {
    return this.#full.length === 0 && this.#file === null && this.#queue.length === 0;
  }

  add(entries: readonly JournalEntry[], share = 1): Promise<void> {
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    if (this.#bytes + text.length > this.#mostBytes * share)
      return Promise.reject(new Error(`The journal of decisions is full: ${this.#bytes} bytes wait for the database`));
    this.#bytes += text.length;
    return new Promise((done, failed) => {
      this.#queue.push({ text, done, failed });
      this.#writing ??= this.#write();
    });
  }

  deliver(take: (entries: readonly JournalEntry[]) => Promise<void>): Promise<void> {
    this.#delivering ??= this.#deliver(take).finally(() => {
      this.#delivering = null;
    });
    return this.#delivering;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#delivering?.catch(() => undefined);
    await this.#endFile();
  }

  async #write(): Promise<void> {
    await null;
    while (this.#queue.length > 0) {
      const some = this.#queue;
      this.#queue = [];
      try {
        this.#file ??= await newFile(this.#folder);
        const { handle } = this.#file;
        await handle.appendFile(some.map(({ text }) => text).join(''));
        await handle.datasync();
        for (const { done } of some) done();
      } catch (error) {
        // Part of it may have been written, and a line behind it would be unreadable: the next goes to a file of its own.
        await this.#endFile().catch(() => undefined);
        for (const { failed } of some) failed(error);
      }
    }
    // In the same turn as the last look: whoever comes after begins anew.
    this.#writing = null;
  }

  async #deliver(take: (entries: readonly JournalEntry[]) => Promise<void>): Promise<void> {
    // What is added from here on goes to another file.
    await this.#writing;
    await this.#endFile();
    for (let path = this.#full[0]; path !== undefined; path = this.#full[0]) {
      const bytes = await handOver(path, take);
      await unlink(path);
      this.#full.shift();
      this.#bytes = Math.max(0, this.#bytes - bytes);
    }
  }

  async #endFile(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    this.#file = null;
    this.#full.push(file.path);
    await file.handle.close();
  }
}

function leftBehind(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}

async function newFile(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${Date.now().toString().padStart(15, '0')}-${randomUUID()}.jsonl`);
  const handle = await open(path, 'ax', 0o600);
  await syncFolder(folder);
  return { path, handle };
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

async function handOver(path: string, take: (entries: readonly JournalEntry[]) => Promise<void>): Promise<number> {
  const handle = await open(path, 'r');
  let bytes = 0;
  try {
    let some: JournalEntry[] = [];
    for await (const line of handle.readLines({ autoClose: false })) {
      bytes += line.length + 1;
      const entry = readEntry(line);
      if (entry === null) continue;
      some.push(entry);
      if (some.length < ENTRIES_AT_ONCE) continue;
      await take(some);
      some = [];
    }
    if (some.length > 0) await take(some);
  } finally {
    await handle.close();
  }
  return bytes;
}

function readEntry(line: string): JournalEntry | null {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return null;
  }
}
