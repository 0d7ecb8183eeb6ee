import { Client } from 'pg';
import { CHANGES, type Change } from './ledger/tell.ts';

export interface Listener {
  /** Called for every change, of this process and of others. */
  readonly onChange: (change: Change) => void;
  /** Called when listening begins, and begins again after a lost connection: anything may have changed unheard. */
  readonly onListening: () => void;
}

const RETRY_MS = 1_000;

/** Listens for changes on a connection of its own, and connects again when it is lost. Gives the function that ends it. */
export async function listenForChanges(url: string, listener: Listener): Promise<() => Promise<void>> {
  let client: Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: url, application_name: 'evenhand changes', keepAlive: true });
    client = next;
    let isLost = false;
    const lost = (): void => {
      if (isLost || closed) return;
      isLost = true;
      next.end().catch(() => undefined);
      retry = setTimeout(() => connect().catch(lostAgain), RETRY_MS);
    };
    const lostAgain = (): void => {
      retry = setTimeout(() => connect().catch(lostAgain), RETRY_MS);
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', ({ channel, payload }) => {
      if (channel === CHANGES && payload !== undefined) listener.onChange(JSON.parse(payload) as Change);
    });
    await next.connect();
    await next.query(`listen ${CHANGES}`);
    listener.onListening();
  };

  await connect();
  return async () => {
    closed = true;
    clearTimeout(retry);
    await client?.end();
  };
}
