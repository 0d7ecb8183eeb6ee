import type { ListName } from '../../core/lists/types.ts';
import { parseCidr } from '../../core/network/cidr.ts';
import { cloudflareList, type Exported, ipsetRestore, type Listed, nginxDeny } from '../../core/network/export.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { EntriesWanted, ListEntry, ListStore } from '../../ports/lists.ts';

const PAGE = 1_000;

/** Every entry that has not ended, newest first, page by page. */
export async function* allEntries(
  lists: ListStore,
  shop: ShopId,
  {
    list,
    types,
    now,
  }: { readonly list: ListName | null; readonly types: EntriesWanted['types']; readonly now: Instant },
): AsyncGenerator<readonly ListEntry[]> {
  let after: EntriesWanted['after'] = null;
  for (;;) {
    const page: readonly ListEntry[] = await lists.page(shop, {
      list,
      types,
      show: 'valid',
      values: null,
      now,
      after,
      limit: PAGE,
    });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { value: last.createdAt, id: last.id };
  }
}

export type FirewallFormat = 'nginx' | 'ipset' | 'cloudflare';

const WRITERS: Readonly<Record<FirewallFormat, (listed: readonly Listed[]) => Exported>> = {
  nginx: nginxDeny,
  ipset: ipsetRestore,
  cloudflare: cloudflareList,
};

/**
 * The networks of the lists as a firewall takes them in: those that are refused, and those to let through, which are its exceptions. An entry
 * that asks for more or has a person look is left out, since a firewall can only shut out. Reasons are written beside them where `comments` says so.
 */
export async function firewallFile(
  lists: ListStore,
  shop: ShopId,
  format: FirewallFormat,
  { now, comments }: { readonly now: Instant; readonly comments: boolean },
): Promise<Exported> {
  const listed: Listed[] = [];
  for await (const page of allEntries(lists, shop, { list: null, types: ['ip'], now }))
    for (const { list, answer, value, reason } of page) {
      if (list === 'deny' && answer !== 'deny') continue;
      const cidr = value === null ? null : parseCidr(value, { allowWide: true });
      if (cidr?.ok) listed.push({ cidr: cidr.value, list, comment: comments ? (reason ?? '') : '' });
    }
  return WRITERS[format](listed);
}
