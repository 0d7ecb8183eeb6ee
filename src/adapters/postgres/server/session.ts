import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/**
 * One connection that is held as long as an installation is open, and the advisory locks on it. PostgreSQL gives such locks back
 * the moment their process is gone, whatever killed it, so none can go stale.
 */
export interface Session {
  /** "18.4", and with some builds more words behind it. */
  readonly version: string;
  /** PostgreSQL's own number for it: 180004. */
  readonly versionNumber: number;
  /** Says that this process uses the server. Others may say so too. */
  readonly use: () => Promise<void>;
  /** Ends the use and tells whether it was the last one; if so, nobody can begin another until this session ends. */
  readonly endUse: () => Promise<boolean>;
  /** Takes the right to serve this folder. Null when it was taken, else the label of whoever has it. */
  readonly claim: (folder: string, label: string) => Promise<string | null>;
  /** Changes the label that another start shows when it has to refuse. */
  readonly relabel: (label: string) => Promise<void>;
  /** Settles when the connection is over, by us or by the server. */
  readonly ended: Promise<void>;
  readonly end: () => Promise<void>;
}

const USE_SPACE = 0x4556;
const SERVE_SPACE = 0x4557;
const IN_USE = 1;
/** A killed process's session is gone within milliseconds of it; this is how long a new start waits for that. */
const GRACE_MS = 2_000;

/** Connects and learns the version. Throws what `pg` throws. */
export async function openSession(url: string): Promise<Session> {
  const client = new Client({ connectionString: url, keepAlive: true, application_name: 'evenhand' });
  client.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
  try {
    await client.connect();
    const shown = await client.query<{ version: string; number: string }>(
      "select current_setting('server_version') as version, current_setting('server_version_num') as number",
    );
    const row = shown.rows[0];
    return sessionOn(client, ended, row?.version ?? '', Number(row?.number));
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function sessionOn(client: Client, ended: Promise<void>, version: string, versionNumber: number): Session {
  const tryLock = async (space: number, key: number): Promise<boolean> => {
    const answer = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [space, key]);
    return answer.rows[0]?.taken === true;
  };
  const relabel = async (label: string): Promise<void> => {
    await client.query("select set_config('application_name', $1, false)", [label]);
  };
  return {
    version,
    versionNumber,
    relabel,
    ended,
    use: async () => {
      await client.query('select pg_advisory_lock_shared($1, $2)', [USE_SPACE, IN_USE]);
    },
    endUse: async () => {
      await client.query('select pg_advisory_unlock_shared($1, $2)', [USE_SPACE, IN_USE]);
      return tryLock(USE_SPACE, IN_USE);
    },
    claim: async (folder, label) => {
      const key = createHash('sha256').update(folder).digest().readInt32BE(0);
      for (const begin = performance.now(); performance.now() - begin < GRACE_MS; await pause(50)) {
        if (await tryLock(SERVE_SPACE, key)) {
          await relabel(label);
          return null;
        }
      }
      return holderOf(client, key);
    },
    end: async () => {
      await client.end().catch(() => undefined);
    },
  };
}

async function holderOf(client: Client, key: number): Promise<string> {
  const unsigned = key < 0 ? key + 2 ** 32 : key;
  const holder = await client.query<{ application_name: string | null }>(
    `select a.application_name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.classid = $1::int8::oid and l.objid = $2::int8::oid and l.objsubid = 2`,
    [SERVE_SPACE, unsigned],
  );
  return holder.rows[0]?.application_name || 'another process';
}

/** What `holdSession` keeps up. */
export type HeldSession = Pick<Session, 'endUse' | 'relabel' | 'end'> & {
  readonly claim: (folder: string, label: string) => Promise<string | null>;
};

/** How long a server may take to come back after it ended all its sessions, which it does when one of its processes crashes. */
const RETURN_MS = 30_000;

/**
 * Keeps a session: opens it again, with its locks, when the server dropped it; calls `onLost` when that cannot be done. Null: goes on trying,
 * for as long as it takes.
 */
export function holdSession(first: Session, url: string, onLost: (() => void) | null): HeldSession {
  let session = first;
  let claimed: { folder: string; label: string } | null = null;
  let ending = false;

  const reopen = async (): Promise<boolean> => {
    const next = await openSession(url).catch(() => null);
    if (next === null) return false;
    const isWhole = await next
      .use()
      .then(async () => claimed === null || (await next.claim(claimed.folder, claimed.label)) === null)
      .catch(() => false);
    if (isWhole) session = next;
    else await next.end();
    return isWhole;
  };
  const watch = async (): Promise<void> => {
    while (true) {
      await session.ended;
      const begin = performance.now();
      while (!ending && !(await reopen())) {
        const waited = performance.now() - begin;
        if (onLost !== null && waited > RETURN_MS) return ending ? undefined : onLost();
        await pause(waited > RETURN_MS ? 2_000 : 200);
      }
      if (ending) return;
    }
  };
  void watch();

  return {
    claim: async (folder, label) => {
      const holder = await session.claim(folder, label);
      if (holder === null) claimed = { folder, label };
      return holder;
    },
    relabel: async (label) => {
      if (claimed !== null) claimed = { ...claimed, label };
      await session.relabel(label);
    },
    endUse: () => {
      ending = true;
      return session.endUse();
    },
    end: () => {
      ending = true;
      return session.end();
    },
  };
}
