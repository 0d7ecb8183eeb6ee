import type { Surface } from '../../core/events/measures.ts';
import type { SeenAddress } from '../../ports/live.ts';

/** Keyed hashes that are known already, each of KEY_WORDS words; −1: there is none. Only read while the request is judged. */
export interface KnownKeys {
  readonly keys: Int32Array;
  readonly emailAt: number;
  readonly phoneAt: number;
}

/** What a shop's system says at a surface, as far as live rules look at it. Null and left out: not said. */
export interface LiveRequest {
  readonly surface: Surface;
  /** In normal form. */
  readonly email: string | null;
  /** In normal form (E.164). */
  readonly phone: string | null;
  readonly ip: string | null;
  readonly device: string | null;
  readonly card: string | null;
  readonly address: SeenAddress | null;
  readonly order: {
    readonly reference?: string | undefined;
    readonly total?: number | undefined;
    readonly currency?: string | undefined;
    readonly items?: number | undefined;
    readonly first?: boolean | undefined;
    readonly billingCountry?: string | undefined;
    readonly deliveryCountry?: string | undefined;
  } | null;
  /** Keys of the e-mail address and the phone number, where somebody made them already. */
  readonly known?: KnownKeys | undefined;
  /** The shop lets through everybody with this domain of e-mail addresses. */
  readonly trustedDomain?: boolean | undefined;
  /** The shop lets through everybody from this network. */
  readonly trustedNetwork?: boolean | undefined;
}
