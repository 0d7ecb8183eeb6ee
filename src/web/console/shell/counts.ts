import { useTranslation } from 'react-i18next';
import { useApi } from '../query.ts';
import { useShop } from '../session.tsx';
import { needsOf } from './shop-system.ts';

/** A number beside a place. */
export interface Count {
  readonly shown: number;
  readonly words: string;
  /** Something there should have been done already. */
  readonly late: boolean;
}

/** What waits where: proposals, appeals, and messages that a person must look at. */
export function useCounts(): Readonly<Record<'proposals' | 'appeals' | 'mail' | 'shopSystem' | 'links', Count>> {
  const { t } = useTranslation();
  const shop = useShop();
  const home = useApi('GET /api/shops/:shop/home', { params: { shop: shop.slug } }, { every: 30_000 }).data;
  const proposals = home?.open ?? 0;
  const appeals = home?.appealsOpen ?? 0;
  const overdue = home?.appealsOverdue ?? 0;
  const failed = home?.mailFailed ?? 0;
  const links = home?.linksWaiting ?? 0;
  const shopNeeds = needsOf(home?.shopSystem ?? null);
  return {
    proposals: { shown: proposals, words: t('nav.waiting', { count: proposals }), late: false },
    appeals: {
      shown: appeals,
      words: overdue > 0 ? t('nav.appealsLate', { count: overdue }) : t('nav.appealsOpen', { count: appeals }),
      late: overdue > 0,
    },
    mail: { shown: failed, words: t('nav.mailFailed', { count: failed }), late: failed > 0 },
    links: { shown: links, words: t('nav.linksWaiting', { count: links }), late: false },
    shopSystem: { shown: shopNeeds, words: t('nav.shopNeeds'), late: shopNeeds > 0 },
  };
}
