import type { Surface } from '../../core/events/measures.ts';
import type { SeenAddress } from '../../ports/live.ts';

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
  /** The shop lets through everybody with this domain of e-mail addresses. */
  readonly trustedDomain?: boolean | undefined;
  /** The shop lets through everybody from this network. */
  readonly trustedNetwork?: boolean | undefined;
}
