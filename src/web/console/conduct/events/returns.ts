import { details, type Presenter, ref } from './presenter.ts';

const requested: Presenter<'return.requested'> = (body, { t }) => ({
  icon: 'undo',
  meaning: 'neutral',
  title: body.order ? t('return.requestedFor', { order: ref(body.order) }) : t('return.requested'),
  amount: body.value,
  details: details(t(`reason.${body.reason}`), t('return.reference', { return: ref(body.return) })),
  lines: body.lines,
});

const received: Presenter<'return.received'> = (body, { t, formats }) => ({
  icon: 'undo',
  meaning: 'neutral',
  title: body.order ? t('return.receivedFor', { order: ref(body.order) }) : t('return.received'),
  amount: body.value,
  details: details(
    t(`reason.${body.reason}`),
    t(`return.by.${body.by}`),
    t('return.reference', { return: ref(body.return) }),
    body.matchedOrders &&
      body.matchedOrders.length > 0 &&
      t('return.matched', { orders: formats.list(body.matchedOrders.map(ref)) }),
  ),
  lines: body.lines,
});

const inspected: Presenter<'return.inspected'> = (body, { t }) => ({
  icon: 'search',
  meaning: body.grade === 'new' || body.grade === 'opened' ? 'neutral' : 'watch',
  title: t('return.inspected', { grade: t(`grade.${body.grade}`) }),
  details: details(
    body.reasonFound && t(body.reasonFound === 'confirmed' ? 'return.reasonConfirmed' : 'return.reasonRefuted'),
    t('return.reference', { return: ref(body.return) }),
  ),
});

const refunded: Presenter<'refund.issued'> = (body, { t }) => ({
  icon: 'arrowEnd',
  meaning: body.goodsBack ? 'neutral' : 'watch',
  title: t(body.goodsBack ? 'refund.withGoods' : 'refund.withoutGoods'),
  amount: body.amount,
  details: details(t(`reason.${body.reason}`), body.order && t('refund.order', { order: ref(body.order) })),
});

export const returnPresenters = {
  'return.requested': requested,
  'return.received': received,
  'return.inspected': inspected,
  'refund.issued': refunded,
} as const;
