import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/**
 * The Message-ID of a message in the outbox, with its angle brackets (RFC 5322 3.6.4): the row's id, at the host where the shop's
 * customers reach us. It is kept from its first use on, so a try after a crash can be recognised as a repeat.
 */
export function messageIdOf({ publicUrl }: Pick<Deps, 'publicUrl'>, shop: Pick<Shop, 'settings'>, id: string): string {
  const url = shop.settings.publicUrl ?? publicUrl;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return `<${id}@${/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host) && !/^[\d.]+$/.test(host) ? host : 'evenhand.invalid'}>`;
}
