import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a server says to some bytes: whole answers, what came after them, and whether it hung up. */
export interface RawTalk {
  readonly answers: readonly RawAnswer[];
  readonly rest: string;
  readonly closed: boolean;
}

export interface RawAnswer {
  readonly head: string;
  readonly body: string;
}

/**
 * Sends the pieces one after the other on a connection of its own and hears until so many answers are here, the server hangs up, or
 * nothing more comes for a while.
 */
export async function talk(
  port: number,
  pieces: readonly Buffer[],
  answers = 1,
  quietMs = 150,
  betweenMs = 1,
): Promise<RawTalk> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  let heard = Buffer.alloc(0);
  let closed = false;
  let last = performance.now();
  socket.on('data', (bytes) => {
    heard = Buffer.concat([heard, bytes]);
    last = performance.now();
  });
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => undefined);
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await pause(betweenMs);
    if (!socket.destroyed) socket.write(piece);
    last = performance.now();
  }
  for (;;) {
    const talked = split(heard);
    const quiet = performance.now() - last > quietMs;
    if (closed || quiet || talked.answers.length >= answers) {
      // Whatever hangs up after its answer gets the moment that takes.
      if (!closed && /^HTTP\/1.1 400 | close\r\n/i.test(talked.answers.at(-1)?.head ?? '')) await pause(50);
      socket.destroy();
      return { ...talked, closed };
    }
    await pause(2);
  }
}

function split(heard: Buffer): { readonly answers: readonly RawAnswer[]; readonly rest: string } {
  const answers: RawAnswer[] = [];
  let from = 0;
  for (;;) {
    const end = heard.indexOf('\r\n\r\n', from);
    if (end === -1) break;
    const head = heard.toString('latin1', from, end + 2);
    const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1] ?? 0);
    if (end + 4 + length > heard.length) break;
    answers.push({ head, body: heard.toString('utf8', end + 4, end + 4 + length) });
    from = end + 4 + length;
  }
  return { answers, rest: heard.toString('latin1', from) };
}
