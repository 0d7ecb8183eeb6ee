import { details, type Presenter, ref } from './presenter.ts';

const placed: Presenter<'order.placed'> = (body, { t }) => {
  const articles = body.lines.reduce((sum, line) => sum + line.quantity, 0);
  const titles = body.lines.slice(0, 3).map((line) => ref(line.title ?? line.article));
  return {
    icon: 'shop',
    meaning: 'neutral',
    title: t('order.placed', { order: ref(body.order) }),
    amount: body.total,
    details: details(
      articles > 0 && t('order.articles', { count: articles }),
      titles.join(', '),
      body.payment && t(`paymentMethod.${body.payment}`),
    ),
    lines: body.lines,
  };
};

const cancelled: Presenter<'order.cancelled'> = (body, { t }) => ({
  icon: 'close',
  meaning: body.by === 'customer' && body.stage !== 'before_dispatch' ? 'watch' : 'neutral',
  title: t(body.by === 'customer' ? 'order.cancelledByCustomer' : 'order.cancelledByShop', { order: ref(body.order) }),
  amount: body.value,
  details: [t(`stage.${body.stage}`)],
});

const delivered: Presenter<'order.delivered'> = (body, { t }) => ({
  icon: 'check',
  meaning: 'neutral',
  title: t('order.delivered', { order: ref(body.order) }),
  details: [],
});

const delayed: Presenter<'order.delayed'> = (body, { t }) => ({
  icon: 'clock',
  meaning: 'neutral',
  title: t('order.delayed', { order: ref(body.order) }),
  details: details(body.days !== undefined && t('order.delayedDays', { count: body.days })),
});

const addressChanged: Presenter<'order.address_changed'> = (body, { t }) => ({
  icon: 'edit',
  meaning: body.stage === 'before_dispatch' ? 'neutral' : 'watch',
  title: t('order.addressChanged', { order: ref(body.order) }),
  details: [t(`stage.${body.stage}`)],
});

export const orderPresenters = {
  'order.placed': placed,
  'order.cancelled': cancelled,
  'order.delivered': delivered,
  'order.delayed': delayed,
  'order.address_changed': addressChanged,
} as const;
