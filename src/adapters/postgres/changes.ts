import { Client } from 'pg';
import { CHANGES, type Change } from './ledger/tell.ts';
import { quoteName } from './sql.ts';

export interface Listener {
  /** Called for every change, of this process and of others. */
  readonly onChange: (change: Change) => void;
  /** Called when listening begins, and begins again after a lost connection: anything may have changed unheard. */
  readonly onListening: () => void;
}

/** A connection that breaks is made anew almost at once: what changes meanwhile is heard late. Then less and less often. */
const AGAIN_MS = 50;
const AGAIN_AT_MOST_MS = 1_000;

/** Listens for changes on a connection of its own, made anew whenever it breaks. Never fails. Gives the function that ends it. */
export function listenForChanges(url: string, listener: Listener): () => Promise<void> {
  const line = new Line(url, listener);
  return () => line.close();
}

class Line {
  readonly #url: string;
  readonly #listener: Listener;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #againMs = AGAIN_MS;
  #closed = false;

  constructor(url: string, listener: Listener) {
    this.#url = url;
    this.#listener = listener;
    void this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.#url, keepAlive: true, application_name: 'evenhand changes' });
    this.#client = client;
    let lost = false;
    // A connection that fails says so in more than one way, and is made anew once.
    const lose = () => {
      if (lost) return;
      lost = true;
      client.end().catch(() => undefined);
      if (this.#closed) return;
      this.#timer = setTimeout(() => void this.#connect(), this.#againMs).unref();
      this.#againMs = Math.min(2 * this.#againMs, AGAIN_AT_MOST_MS);
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ channel, payload }) => {
      const change = channel === CHANGES ? readChange(payload) : null;
      if (change !== null) this.#listener.onChange(change);
    });
    try {
      await client.connect();
      await client.query(`listen ${quoteName(CHANGES)}`);
      this.#againMs = AGAIN_MS;
      this.#listener.onListening();
    } catch {
      lose();
    }
  }
}

/** Null for what is no message of ours: anybody with the database's password may write on the channel. */
function readChange(payload: string | undefined): Change | null {
  try {
    const told: unknown = JSON.parse(payload ?? '');
    return typeof told === 'object' && told !== null ? (told as Change) : null;
  } catch {
    return null;
  }
}
