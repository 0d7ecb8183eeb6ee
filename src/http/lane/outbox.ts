/** Something that has written answers and not sent them yet. */
export interface Sender {
  /** Sends what waits, if anything does. */
  send(): void;
}

/** Answers that wait for one another at most; about half a millisecond of deciding. */
const MOST = 32;

/**
 * Sends the answers of one turn of the event loop together at its end, rather than each by itself. Whoever waits for them is woken once
 * and not for every answer, which costs as much as deciding does; an answer alone leaves as soon as it would have.
 */
export class Outbox {
  #waiting: Sender[] = [];

  /** `sender` has something to send, for the first time since it sent. */
  put(sender: Sender): void {
    if (this.#waiting.length === 0) setImmediate(this.#sendAll);
    this.#waiting.push(sender);
    if (this.#waiting.length >= MOST) this.#sendAll();
  }

  readonly #sendAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const sender of waiting) sender.send();
  };
}
