import type { LinkTarget } from '../../core/notices/links.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import type { AppealId, CustomerId, NoticeId } from '../../core/shared/brand.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { portalUrl } from '../portal/links.ts';

/** Whom and what the links of one message are about. */
export interface About {
  readonly language: string;
  readonly customer: CustomerId | null;
  readonly appeal: AppealId | null;
  readonly notice: NoticeId | null;
  /** The address that opens the portal without asking who comes; null: the portal's own, which asks. */
  readonly key: string | null;
}

/** Where the links of a message lead; null for what there is no page of. */
export function addressOf(
  deps: Pick<Deps, 'publicUrl'>,
  shop: Shop,
  { language, customer, appeal, notice, key }: About,
): (target: LinkTarget) => string | null {
  const base = (shop.settings.publicUrl ?? deps.publicUrl).replace(/\/+$/, '');
  const desk = `${base}/shops/${shop.slug}`;
  const inConsole = (page: Extract<LinkTarget, { to: 'console' }>['page']): string | null => {
    switch (page) {
      case 'customer':
        return customer === null ? null : `${desk}/customers/${customer}`;
      case 'appeal':
        return appeal === null ? null : `${desk}/appeals/${appeal}`;
      case 'links':
        return `${desk}/links`;
      case 'notice':
        return notice === null ? null : `${base}/api/shops/${shop.slug}/notices/${notice}/print`;
      default:
        return assertNever(page);
    }
  };
  return (target) => {
    switch (target.to) {
      case 'portal':
        return key ?? portalUrl(deps, shop);
      case 'policy':
        return `${base}/policy/${shop.slug}?version=${target.version}&lang=${encodeURIComponent(language)}`;
      case 'console':
        return inConsole(target.page);
      default:
        return assertNever(target);
    }
  };
}
