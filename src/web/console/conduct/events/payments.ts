import { details, type Presenter, ref } from './presenter.ts';

const captured: Presenter<'payment.captured'> = (body, { t }) => ({
  icon: 'check',
  meaning: 'neutral',
  title: t('payment.captured', { order: ref(body.order) }),
  amount: body.amount,
  details: [],
});

const failed: Presenter<'payment.failed'> = (body, { t }) => ({
  icon: 'alert',
  meaning: 'neutral',
  title: body.order ? t('payment.failedFor', { order: ref(body.order) }) : t('payment.failed'),
  details: [t(`failure.${body.reason}`)],
});

const disputed: Presenter<'payment.disputed'> = (body, { t }) => ({
  icon: 'undo',
  meaning: 'restrict',
  title: body.order ? t('payment.disputedFor', { order: ref(body.order) }) : t('payment.disputed'),
  amount: body.amount,
  details: details(t(`disputeReason.${body.reason}`), t('payment.dispute', { dispute: ref(body.dispute) })),
});

const won: Presenter<'payment.dispute_won'> = (body, { t }) => ({
  icon: 'undo',
  meaning: 'restrict',
  title: t('payment.disputeWon'),
  details: [t('payment.dispute', { dispute: ref(body.dispute) })],
});

const lost: Presenter<'payment.dispute_lost'> = (body, { t }) => ({
  icon: 'undo',
  meaning: 'neutral',
  title: t('payment.disputeLost'),
  details: [t('payment.dispute', { dispute: ref(body.dispute) })],
});

export const paymentPresenters = {
  'payment.captured': captured,
  'payment.failed': failed,
  'payment.disputed': disputed,
  'payment.dispute_won': won,
  'payment.dispute_lost': lost,
} as const;
