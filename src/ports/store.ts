import type { ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Clock, Ids, Vault } from '../ports.ts';
import type { AnnouncingStore } from './announcing.ts';
import type { ConnectionStore, OrderStore, ReceivedStore, RunStore } from './connections.ts';
import type { ActStore, GuestListStore, MarkStore } from './enforcing.ts';
import type { AppealStore, LogoStore, MailServerStore, NoticeStore, OutboxStore, PortalStore } from './hearing.ts';
import type { Languages } from './languages.ts';
import type { Laws } from './law.ts';
import type { LedgerStore } from './ledger.ts';
import type { LinkStore } from './links.ts';
import type { ListStore } from './lists.ts';
import type { LiveIntake } from './live.ts';
import type { ObjectionStore } from './objections.ts';
import type { StaffStore } from './staff.ts';
import type { EnforcementStore, PolicyStore, StandingStore } from './standing.ts';

export interface ImportProgress {
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly added: number;
  readonly known: number;
  readonly conflicts: number;
  readonly skipped: readonly Skipped[];
}

/** Rows that were left out for one reason, with the first few of them. */
export interface Skipped {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly where: string; readonly what: string }[];
}

export interface ImportStore {
  start(
    shop: ShopId,
    run: {
      readonly id: string;
      readonly format: string;
      readonly fileName: string;
      readonly bytesTotal: number | null;
      readonly startedBy: StaffId | null;
      readonly at: Instant;
    },
  ): Promise<void>;
  progress(shop: ShopId, id: string, progress: ImportProgress): Promise<void>;
  finish(
    shop: ShopId,
    id: string,
    end: { readonly status: 'done' | 'failed' | 'interrupted'; readonly error: string | null; readonly at: Instant },
  ): Promise<void>;
  /** Marks imports that a process now gone left running. */
  interruptAll(startedBefore: Instant): Promise<void>;
}

/** Everything kept, by shop. `transaction` hands over the same, all or nothing. */
export interface Store {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  readonly ledger: LedgerStore;
  readonly policies: PolicyStore;
  readonly standing: StandingStore;
  readonly enforcement: EnforcementStore;
  readonly imports: ImportStore;
  readonly lists: ListStore;
  readonly outbox: OutboxStore;
  readonly notices: NoticeStore;
  readonly mailServers: MailServerStore;
  readonly appeals: AppealStore;
  readonly portal: PortalStore;
  readonly logos: LogoStore;
  readonly connections: ConnectionStore;
  readonly received: ReceivedStore;
  readonly platformOrders: OrderStore;
  readonly runs: RunStore;
  readonly marks: MarkStore;
  readonly guestList: GuestListStore;
  readonly acts: ActStore;
  readonly announcing: AnnouncingStore;
  readonly links: LinkStore;
  readonly objections: ObjectionStore;
  /** Who works for a shop, read in the same transaction. */
  readonly team: Pick<StaffStore, 'colleagues'>;
}

/** What every workflow is given. */
export interface Deps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly languages: Languages;
  /** What binds each shop by law. */
  readonly laws: Laws;
  /** Who counts what live rules look at; left out: nobody, as on the command line. */
  readonly live?: LiveIntake | undefined;
  /** Where customers reach this installation, unless their shop names an address of its own. */
  readonly publicUrl: string;
}
