import type { MeasureType, Obligation, Surface } from '../events/measures.ts';
import type { Jurisdiction, LawBody, LawEntry, Right, WorkingCalendar } from './document.ts';

export type {
  EntryOf,
  Holiday,
  Jurisdiction,
  LawBody,
  LawEntry,
  LawTopic,
  LegalPeriod,
  LegalSource,
  Right,
  WorkingCalendar,
} from './document.ts';

/** All jurisdictions this installation knows, as read and checked at start. */
export type LawBook = readonly Jurisdiction[];

/** What the law asks about a shop before it knows whether it binds it. */
export interface ShopFacts {
  /** It is an online platform (a marketplace or the like) and neither micro nor small. */
  readonly onlinePlatform: boolean;
  /** Its withdrawal function works without signing in. */
  readonly withdrawalWithoutSignIn: boolean;
}

/** A shop that sells its own goods, and of whose pages nothing is known. */
export const ordinaryShop: ShopFacts = { onlinePlatform: false, withdrawalWithoutSignIn: false };

/** The law that holds for a shop: everything its jurisdictions ask, those they lie within included. */
export interface Law {
  readonly facts: ShopFacts;
  /** The jurisdictions that are known, in the order the shop gave them, wider ones after the ones within them. */
  readonly jurisdictions: readonly Jurisdiction[];
  /** Codes the shop gave of which only the wider law is known: "DE" as the EU. What the country adds itself is not known here. */
  readonly partly: readonly { readonly code: string; readonly as: Jurisdiction }[];
  /** Codes the shop gave for which nothing is known here. */
  readonly unknown: readonly string[];
  /** What binds the shop, once each; see `from` for what binds later only. */
  readonly entries: readonly LawEntry[];
  /** What would bind it if it were an online platform. */
  readonly onlyForPlatforms: readonly LawEntry[];
  readonly bodies: readonly LawBody[];
  readonly calendars: readonly WorkingCalendar[];
}

/** What a measure does, as far as rights are concerned. */
export interface MeasureReach {
  readonly type: 'watch' | MeasureType;
  readonly surfaces: readonly Surface[];
  readonly obligations: readonly Obligation[];
}

/** A right that a measure would take away. `entry` null: no law known here gives it, and fairness rule 6 of the house does. */
export interface RightTaken {
  readonly what: Right;
  /** Which part of the measure takes it. */
  readonly by: Surface;
  readonly entry: LawEntry | null;
}

/** An answer with what it rests on; null: the house's own rule, for want of a law. */
export interface Bound<T> {
  readonly value: T;
  readonly entry: LawEntry | null;
}
