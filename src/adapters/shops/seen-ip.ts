import { type IncomingEnvelope, seenFrom } from '../../core/events/incoming.ts';
import { isPublic } from '../net/addresses.ts';

/**
 * From which connection something was seen to come, for live rules, which count it and keep nothing. Empty: the platform does not say, or
 * names an address of a shop's own network, which everybody behind its proxy has.
 */
export function seenAt(ip: string | null | undefined): Pick<IncomingEnvelope, 'seen'> {
  const seen = seenFrom.safeParse({ ip: (ip ?? '').trim() });
  return seen.success && seen.data.ip !== undefined && isPublic(seen.data.ip) ? { seen: { ip: seen.data.ip } } : {};
}
