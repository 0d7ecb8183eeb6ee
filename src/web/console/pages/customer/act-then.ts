import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { usePlatformNames } from '../shop-system/names.ts';
import type { PlatformName } from '../shop-system/types.ts';
import type { AskedAct } from './act-body.ts';
import type { InShopView } from './in-shop-view.ts';

interface Asked {
  /** Null: it is not filled in yet. */
  asked: AskedAct | null;
  name: string;
  view: InShopView;
  platform: PlatformName;
}

/** What will happen, to whom, and what they read: one sentence after another. Nothing while something is missing. */
export function useThen({ asked, name, view, platform }: Asked): readonly string[] {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const names = usePlatformNames(platform);
  if (asked === null) return [];
  const orderName = (order: string) => isolate(view.orders.find((each) => each.order === order)?.name ?? order);
  const money = (amount: { amount: number; currency: string }) =>
    isolate(formats.money(amount.amount, { currency: amount.currency }));
  const until = (at: string | null) => (at === null ? [] : [t('act.then.until', { date: isolate(formats.date(at)) })]);
  const reads = (words: string | null) =>
    words === null
      ? t('act.then.readsNothing', { ...names, name })
      : t('act.then.reads', { name, words: isolate(words) });
  switch (asked.kind) {
    case 'hold_order':
    case 'release_order':
      return [t(`act.then.${asked.kind}`, { order: orderName(asked.order), name }), reads(null)];
    case 'cancel_order':
      return [
        t('act.then.cancel_order', { ...names, order: orderName(asked.order), name }),
        asked.refund ? t('act.then.cancelRefund', { name }) : t('act.then.cancelKeep'),
        ...(asked.restock ? [t('act.then.cancelRestock')] : []),
      ];
    case 'approve_return':
      return [t('act.then.approve_return', { name }), reads(null)];
    case 'decline_return':
      return [t('act.then.decline_return', { name }), t('act.then.rights'), reads(asked.words)];
    case 'give_store_credit':
      return [
        t('act.then.give_store_credit', { name, amount: money(asked.amount) }),
        ...until(asked.until),
        reads(null),
      ];
    case 'give_gift_card':
      return [t('act.then.give_gift_card', { name, amount: money(asked.amount) }), reads(asked.words)];
    case 'give_discount': {
      const off = 'percent' in asked.off ? isolate(formats.share(asked.off.percent / 100)) : money(asked.off.amount);
      return [t('act.then.give_discount', { name, off }), ...until(asked.until), reads(null)];
    }
  }
}
