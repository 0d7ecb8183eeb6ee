// @ts-expect-error: decorators of AssemblyScript
@external('wasi_snapshot_preview1', 'fd_read')
declare function fd_read(fd: u32, vectors: usize, count: usize, read: usize): u32;
// @ts-expect-error: decorators of AssemblyScript
@external('wasi_snapshot_preview1', 'fd_write')
declare function fd_write(fd: u32, vectors: usize, count: usize, written: usize): u32;

const CHUNK: i32 = 16_384;

/** Everything on standard input, as text. */
export function readInput(): string {
  const vector = memory.data(8);
  const count = memory.data(4);
  let bytes = new Uint8Array(CHUNK);
  let length = 0;
  while (true) {
    if (bytes.length - length < CHUNK) {
      const larger = new Uint8Array(bytes.length * 2);
      memory.copy(larger.dataStart, bytes.dataStart, length);
      bytes = larger;
    }
    store<usize>(vector, bytes.dataStart + length);
    store<usize>(vector, bytes.length - length, 4);
    if (fd_read(0, vector, 1, count) !== 0) break;
    const read = load<u32>(count);
    if (read === 0) break;
    length += read;
  }
  return String.UTF8.decodeUnsafe(bytes.dataStart, length);
}

/** Writes a text to standard output, however often it takes. */
export function writeOutput(text: string): void {
  const bytes = Uint8Array.wrap(String.UTF8.encode(text));
  const vector = memory.data(8);
  const count = memory.data(4);
  let done = 0;
  while (done < bytes.length) {
    store<usize>(vector, bytes.dataStart + done);
    store<usize>(vector, bytes.length - done, 4);
    if (fd_write(1, vector, 1, count) !== 0) return;
    const written = load<u32>(count);
    if (written === 0) return;
    done += written;
  }
}
