import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Writes a new file and returns when the disk has it. Fails when the file exists. */
export function writeDurably(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Returns when the disk has the names in this folder: a rename is durable only after this. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
