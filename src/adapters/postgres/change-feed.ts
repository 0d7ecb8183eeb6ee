import { Client } from 'pg';
import { z } from 'zod';
import { isUuid, type ShopId } from '../../core/shared/brand.ts';
import type { ChangeFeed, ShopChanged } from '../../ports/changes.ts';
import { CHANGES } from './ledger/tell.ts';
import { quoteName } from './sql.ts';

/** A connection that breaks is made anew almost at once: what changes meanwhile is heard late. Then less and less often. */
const AGAIN_MS = 50;
const AGAIN_AT_MOST_MS = 1_000;

const message = z.object({
  shop: z.custom<ShopId>((text) => typeof text === 'string' && isUuid(text)),
  seq: z.int().nullable(),
  decisions: z.boolean(),
});

/** Changes over a connection of its own, which is made anew when it breaks. */
export function createChangeFeed(serviceUrl: string): ChangeFeed {
  return {
    listen(onChange, onGap) {
      const listener = new Listener(serviceUrl, onChange, onGap);
      return () => listener.close();
    },
  };
}

class Listener {
  readonly #url: string;
  readonly #onChange: (change: ShopChanged) => void;
  readonly #onGap: () => void;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #againMs = AGAIN_MS;
  #closed = false;

  constructor(url: string, onChange: (change: ShopChanged) => void, onGap: () => void) {
    this.#url = url;
    this.#onChange = onChange;
    this.#onGap = onGap;
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
      const read = channel === CHANGES ? readChange(payload) : null;
      if (read !== null) this.#onChange(read);
    });
    try {
      await client.connect();
      await client.query(`listen ${quoteName(CHANGES)}`);
      this.#againMs = AGAIN_MS;
      // Whatever happened before one began to listen has been missed.
      this.#onGap();
    } catch {
      lose();
    }
  }
}

function readChange(payload: string | undefined): ShopChanged | null {
  if (payload === undefined) return null;
  try {
    const read = message.safeParse(JSON.parse(payload));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
