import type { HookWire } from '../../ports/announcing.ts';
import type { Deps } from '../../ports/store.ts';

/** What webhooks to other systems take besides what every workflow is given. */
export interface AnnounceDeps extends Pick<Deps, 'store' | 'clock' | 'ids' | 'languages' | 'publicUrl' | 'vault'> {
  readonly hookWire: HookWire;
  /** Told of what went wrong with one message, so that it keeps no others. */
  readonly onFault: (error: unknown) => void;
}
