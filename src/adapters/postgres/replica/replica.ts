import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { ConsoleReads } from '../../../ports/console.ts';
import { connect } from '../connect.ts';
import type { Database } from '../schema.ts';
import { Freshness, logPosition } from './freshness.ts';

const LOOK_MS = 500;

/** A streaming replica that pages and lists are read from while it is fresh. */
export interface Replica {
  /** The same reads, from the replica when it is fresh, and from the primary otherwise or when the replica fails. */
  readonly over: (primary: ConsoleReads, make: (db: Kysely<Database>) => ConsoleReads) => ConsoleReads;
  /** Somebody wrote through this process: until the replica has that too, the primary is read. */
  readonly wrote: () => void;
  /** How many reads each has answered. */
  readonly answered: { readonly primary: number; readonly replica: number };
  readonly close: () => Promise<void>;
}

/**
 * Opens a replica beside the primary, with the service's own role. It need not be there: while it cannot be reached or lags behind, the primary
 * is read. `onTrouble` hears of trouble when it begins, not again and again.
 */
export function openReplica({
  url,
  serviceUrl,
  primary,
  onTrouble,
}: {
  readonly url: string;
  readonly serviceUrl: string;
  readonly primary: Pool;
  readonly onTrouble: (message: string) => void;
}): Replica {
  const { pool, db, close } = connect(asService(url, serviceUrl));
  const freshness = new Freshness();
  const answered = { primary: 0, replica: 0 };
  let troubled = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;

  const look = async (): Promise<void> => {
    try {
      const asked = performance.now();
      const here = await primary.query<Place>(`select pg_current_wal_lsn() as lsn, ${SYSTEM}`);
      const there = await pool.query<Place>(`select pg_last_wal_replay_lsn() as lsn, ${SYSTEM}`);
      const [from, to] = [here.rows[0], there.rows[0]];
      if (from === undefined || to === undefined || from.system !== to.system || to.lsn === null || from.lsn === null)
        throw new Error('it is no streaming replica of the database in DATABASE_URL');
      freshness.looked(asked, logPosition(from.lsn), logPosition(to.lsn));
      troubled = false;
    } catch (error) {
      if (!troubled && !closed)
        onTrouble(`The replica is not read: ${error instanceof Error ? error.message : String(error)}`);
      troubled = true;
    }
    if (!closed) timer = setTimeout(() => void look(), LOOK_MS).unref();
  };
  const looking = look();

  return {
    answered,
    wrote: () => freshness.wrote(performance.now()),
    over: (fromPrimary, make) => {
      const fromReplica = make(db);
      return eachRead(async (name, call) => {
        if (freshness.isFresh(performance.now())) {
          try {
            const answer = await call(fromReplica);
            answered.replica++;
            return answer;
          } catch (error) {
            // A read may be cancelled by what the replica has to replay, and be made again.
            if (!closed) onTrouble(`A read (${name}) was made again on the primary: ${(error as Error).message}`);
          }
        }
        answered.primary++;
        return call(fromPrimary);
      });
    },
    close: async () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
      await close();
    },
  };
}

interface Place {
  readonly lsn: string | null;
  readonly system: string;
}

const SYSTEM = '(select system_identifier::text from pg_control_system()) as system';

/** Sends every read through one function. Written out, so that a new read cannot be forgotten. */
function eachRead(
  through: <T>(name: keyof ConsoleReads, call: (reads: ConsoleReads) => Promise<T>) => Promise<T>,
): ConsoleReads {
  return {
    customers: (...given) => through('customers', (r) => r.customers(...given)),
    customer: (...given) => through('customer', (r) => r.customer(...given)),
    customerByIdentifier: (...given) => through('customerByIdentifier', (r) => r.customerByIdentifier(...given)),
    standings: (...given) => through('standings', (r) => r.standings(...given)),
    timeline: (...given) => through('timeline', (r) => r.timeline(...given)),
    kindCounts: (...given) => through('kindCounts', (r) => r.kindCounts(...given)),
    events: (...given) => through('events', (r) => r.events(...given)),
    proposals: (...given) => through('proposals', (r) => r.proposals(...given)),
    proposal: (...given) => through('proposal', (r) => r.proposal(...given)),
    similar: (...given) => through('similar', (r) => r.similar(...given)),
    measures: (...given) => through('measures', (r) => r.measures(...given)),
    homeCounts: (...given) => through('homeCounts', (r) => r.homeCounts(...given)),
    changes: (...given) => through('changes', (r) => r.changes(...given)),
    trend: (...given) => through('trend', (r) => r.trend(...given)),
    imports: (...given) => through('imports', (r) => r.imports(...given)),
    touches: (...given) => through('touches', (r) => r.touches(...given)),
    faces: (...given) => through('faces', (r) => r.faces(...given)),
    addresses: (...given) => through('addresses', (r) => r.addresses(...given)),
    reasons: (...given) => through('reasons', (r) => r.reasons(...given)),
  };
}

/** The replica has the primary's roles: whatever the address says, the service reads as itself. */
function asService(url: string, serviceUrl: string): string {
  const [read, service] = [new URL(url), new URL(serviceUrl)];
  read.username = service.username;
  read.password = service.password;
  return read.href;
}
