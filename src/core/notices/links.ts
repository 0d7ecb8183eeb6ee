import type { Block, NoticeDocument } from './types.ts';

/**
 * Where a link of a notice leads, before it is made into an address: documents hold no addresses, because the one in the mail
 * carries a key that must be kept nowhere. `portal:notice`, `portal:appeal` and `portal:appeals` lead into the customer's portal,
 * `policy:3` to a version of the policy, `console:customer` and the like into the console.
 */
export type LinkTarget =
  | { readonly to: 'portal'; readonly page: 'notice' | 'appeal' | 'appeals' }
  | { readonly to: 'policy'; readonly version: number }
  | { readonly to: 'console'; readonly page: 'customer' | 'notice' | 'appeal' | 'links' };

/** Reads a placeholder; null for an address that is one already. */
export function linkTarget(href: string): LinkTarget | null {
  const [, to, what = ''] = /^(portal|policy|console):(\w+)$/.exec(href) ?? [];
  switch (to) {
    case 'portal':
      return what === 'notice' || what === 'appeal' || what === 'appeals' ? { to, page: what } : null;
    case 'policy':
      return /^[1-9]\d{0,8}$/.test(what) ? { to, version: Number(what) } : null;
    case 'console':
      return what === 'customer' || what === 'notice' || what === 'appeal' || what === 'links'
        ? { to, page: what }
        : null;
    default:
      return null;
  }
}

/**
 * The document with every placeholder replaced by the address that `resolve` gives. A link without an address is left out:
 * the words beside it say what to do without it.
 */
export function resolveLinks(document: NoticeDocument, resolve: (target: LinkTarget) => string | null): NoticeDocument {
  const resolved = (block: Block): readonly Block[] => {
    if (block.kind !== 'link') return [block];
    const target = linkTarget(block.href);
    if (target === null) return [block];
    const href = resolve(target);
    return href === null ? [] : [{ ...block, href }];
  };
  return {
    ...document,
    sections: document.sections
      .map((section) => ({ ...section, blocks: section.blocks.flatMap(resolved) }))
      .filter((section) => section.blocks.length > 0),
  };
}
