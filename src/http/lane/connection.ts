import type { Socket } from 'node:net';
import { type Head, LARGEST_HEAD, REQUEST_LINE, readHead } from './head.ts';
import type { Outbox, Sender } from './outbox.ts';

/** An answer that was waited for. */
export interface Said {
  readonly bytes: Buffer;
  /** The connection ends with it. */
  readonly last: boolean;
}

/** What a connection needs of the lane it is on. */
export interface Surroundings {
  /** The whole answer to a request whose body begins at a place in `bytes`; a promise where something must be waited for. Never fails. */
  readonly answer: (head: Head, bytes: Buffer, bodyAt: number, socket: Socket) => string | Promise<Said>;
  /** Gives the socket to Node, with what came that nobody has answered. */
  readonly handOver: (socket: Socket, bytes: Buffer) => void;
  readonly isClosing: () => boolean;
  readonly onGone: (connection: LaneConnection) => void;
  readonly outbox: Outbox;
}

const LINE = Buffer.from(`${REQUEST_LINE}\r\n`, 'latin1');
const HEAD_END = Buffer.from('\r\n\r\n', 'latin1');
const NOTHING = Buffer.alloc(0);
/** So much may wait to be read while an answer is made; then the sender waits. */
const MOST_AHEAD = 65_536;
/** So long the last answer has to be taken in. */
const LAST_MS = 2_000;

/**
 * A connection whose requests are all of the plainest form: each is read from the bytes as they came and answered in its turn. The
 * first that is not goes to Node with all that follows, and what is half here waits a moment for the rest.
 */
export class LaneConnection implements Sender {
  readonly #socket: Socket;
  readonly #around: Surroundings;
  /** Bytes that came and are not answered yet. */
  #held: Buffer = NOTHING;
  /** Answers that leave at the end of this turn. */
  #unsent = '';
  /** An answer is being made. */
  #busy = false;
  #ended = false;
  #parting = false;
  /** Whether anything was answered yet. */
  #used = false;
  /** Seconds since something happened. */
  #resting = 0;
  /** The last head, with the empty line behind it, and what it said. */
  #headBytes: Buffer = NOTHING;
  #head: Head | null = null;

  constructor(socket: Socket, around: Surroundings) {
    this.#socket = socket;
    this.#around = around;
    socket.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose);
    socket.on('drain', this.#onDrain);
  }

  /** A second passed. `rest`: so many a used connection may rest; `first`: so many an unused one. */
  tick({ rest, first }: { readonly rest: number; readonly first: number }): void {
    if (this.#busy) return;
    this.#resting += 1;
    if (this.#held.length > 0) {
      // Node has its own patience with requests that do not arrive.
      if (this.#resting > 1) this.#leave();
    } else if (this.#resting > (this.#used ? rest : first)) this.#part();
  }

  /** Closes the connection as soon as nothing is under way on it. */
  close(): void {
    if (this.#busy) return;
    if (this.#held.length > 0) this.#leave();
    else this.#part();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#resting = 0;
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (!this.#busy) this.#go();
    else if (this.#held.length > MOST_AHEAD) this.#socket.pause();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#busy) this.#end();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  readonly #onClose = (): void => {
    this.#around.onGone(this);
  };

  readonly #onDrain = (): void => {
    if (!this.#busy) this.#socket.resume();
  };

  /** Answers all that is here. */
  #go(): void {
    const bytes = this.#held;
    this.#held = NOTHING;
    let answers = '';
    let from = 0;
    while (from < bytes.length) {
      const end = this.#around.isClosing() ? 'leave' : this.#read(bytes, from);
      if (typeof end === 'string') {
        this.#write(answers);
        this.#held = from === 0 ? bytes : bytes.subarray(from);
        if (end === 'leave') this.#leave();
        return;
      }
      const head = this.#head as Head;
      const answer = this.#around.answer(head, bytes, end - head.length, this.#socket);
      from = end;
      if (typeof answer === 'string') answers += answer;
      else {
        this.#write(answers);
        this.#held = bytes.subarray(from);
        this.#wait(answer);
        return;
      }
    }
    this.#write(answers);
  }

  /** Where the request that begins at `from` ends; "more": not all of it is here; "leave": it is not for the lane. Sets `#head`. */
  #read(bytes: Buffer, from: number): number | 'more' | 'leave' {
    // Most requests of a connection have the very same head.
    if (!startsWith(bytes, from, this.#headBytes)) {
      const end = bytes.indexOf(HEAD_END, from);
      if (end === -1) {
        if (bytes.length - from > LARGEST_HEAD) return 'leave';
        const begun = Math.min(LINE.length, bytes.length - from);
        return startsWith(bytes, from, LINE.subarray(0, begun)) ? 'more' : 'leave';
      }
      if (end - from > LARGEST_HEAD) return 'leave';
      this.#head = readHead(bytes.toString('latin1', from, end));
      if (this.#head === null) return 'leave';
      this.#headBytes = Buffer.from(bytes.subarray(from, end + HEAD_END.length));
    }
    const last = from + this.#headBytes.length + (this.#head?.length ?? 0);
    return last > bytes.length ? 'more' : last;
  }

  /** Sends the answers of this turn. Everything else that is done to the socket must come behind them. */
  send(): void {
    const answers = this.#unsent;
    if (answers === '') return;
    this.#unsent = '';
    if (!this.#socket.write(answers, 'latin1')) this.#socket.pause();
  }

  #write(answers: string): void {
    if (answers === '') return;
    this.#used = true;
    const waits = this.#unsent !== '';
    this.#unsent += answers;
    if (!waits) this.#around.outbox.put(this);
  }

  #end(): void {
    this.send();
    this.#socket.end();
  }

  #wait(answer: Promise<Said>): void {
    this.#busy = true;
    answer.then(this.#onSaid, this.#onError);
  }

  readonly #onSaid = ({ bytes, last }: Said): void => {
    this.#busy = false;
    if (this.#socket.destroyed) return;
    this.#resting = 0;
    this.#used = true;
    this.send();
    if (!this.#socket.write(bytes)) this.#socket.pause();
    if (last || this.#around.isClosing()) {
      this.#part();
      return;
    }
    if (!this.#socket.writableNeedDrain) this.#socket.resume();
    this.#go();
    if (this.#ended && !this.#busy) this.#end();
  };

  /** Ends the connection once all that was written has left; whoever does not take it in is not waited for. */
  #part(): void {
    if (this.#parting) return;
    this.#parting = true;
    this.send();
    this.#socket.destroySoon();
    const timer = setTimeout(() => this.#socket.destroy(), LAST_MS).unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  /** Gives the connection to Node for good. */
  #leave(): void {
    const socket = this.#socket;
    this.send();
    socket.pause();
    socket.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose);
    socket.off('drain', this.#onDrain);
    this.#around.onGone(this);
    this.#around.handOver(socket, this.#held);
  }
}

/** Whether `part`, which is not empty, stands in `bytes` at `from`. */
function startsWith(bytes: Buffer, from: number, part: Buffer): boolean {
  const to = from + part.length;
  return part.length > 0 && to <= bytes.length && bytes.compare(part, 0, part.length, from, to) === 0;
}
