import type { IncomingMessage } from 'node:http';
import { PassThrough, pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createInflate, createUnzip } from 'node:zlib';
import { FetchFailed } from './fetch-failed.ts';

export interface BodyLimits {
  /** How long it may pause, in milliseconds, while somebody waits for more. */
  readonly pauseMs: number;
  /** How large it may be once unpacked, in bytes. */
  readonly largest: number;
}

/** The body of an answer, unpacked, read as it is asked for. Fails once it is larger than allowed or pauses for too long. */
export function bodyOf(
  answer: IncomingMessage,
  { pauseMs, largest }: BodyLimits,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  // What breaks is thrown where it is read; nobody may be reading any more.
  const chunks = pipeline(answer, unpacked(answer.headers['content-encoding']), () => undefined);
  const pieces = chunks[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let length = 0;
  let fault: unknown = null;
  const end = (why: unknown): void => {
    fault ??= why;
    answer.destroy();
    chunks.destroy();
  };
  const stop = (): void => end(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });

  return new ReadableStream<Uint8Array>(
    {
      async pull(reader) {
        const paused = setTimeout(
          () => end(new FetchFailed('silent', 'The answer stopped before it was whole.')),
          pauseMs,
        );
        try {
          const next = await pieces.next();
          if (fault !== null) throw fault;
          length += next.done === true ? 0 : next.value.length;
          if (length > largest) throw new FetchFailed('large', `The answer is larger than ${largest} bytes.`);
          if (next.done !== true) return reader.enqueue(new Uint8Array(next.value));
          signal.removeEventListener('abort', stop);
          reader.close();
        } catch (error) {
          signal.removeEventListener('abort', stop);
          end(
            error instanceof FetchFailed
              ? error
              : new FetchFailed('broken', 'The answer broke off, or cannot be unpacked.', error),
          );
          throw fault;
        } finally {
          clearTimeout(paused);
        }
      },
      cancel() {
        signal.removeEventListener('abort', stop);
        end(new FetchFailed('broken', 'Nobody reads on.'));
      },
    },
    { highWaterMark: 0 },
  );
}

function unpacked(encoding: string | undefined): Transform {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createUnzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return new PassThrough();
  }
}
