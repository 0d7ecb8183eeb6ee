import { details, type Presenter, ref } from './presenter.ts';

const claimOpened: Presenter<'claim.opened'> = (body, { t }) => ({
  icon: 'question',
  meaning: 'neutral',
  title: t('claim.opened', { type: t(`claim.type.${body.type}`) }),
  amount: body.value,
  details: details(
    body.order && t('refund.order', { order: ref(body.order) }),
    t('claim.reference', { claim: ref(body.claim) }),
  ),
});

const claimResolved: Presenter<'claim.resolved'> = (body, { t }) => ({
  icon: body.outcome === 'founded' ? 'check' : 'close',
  meaning: body.outcome === 'founded' ? 'neutral' : 'watch',
  title: t(`claim.${body.outcome}`),
  details: [t('claim.reference', { claim: ref(body.claim) })],
});

const complaintOpened: Presenter<'complaint.opened'> = (body, { t }) => ({
  icon: 'question',
  meaning: 'neutral',
  title: t('complaint.opened', { about: t(`complaint.about.${body.about}`) }),
  details: details(
    body.order && t('refund.order', { order: ref(body.order) }),
    t('complaint.reference', { complaint: ref(body.complaint) }),
  ),
});

const complaintResolved: Presenter<'complaint.resolved'> = (body, { t }) => ({
  icon: body.outcome === 'founded' ? 'check' : 'close',
  meaning: body.outcome === 'founded' ? 'neutral' : 'watch',
  title: t(`complaint.${body.outcome}`),
  details: [t('complaint.reference', { complaint: ref(body.complaint) })],
});

export const claimPresenters = {
  'claim.opened': claimOpened,
  'claim.resolved': claimResolved,
  'complaint.opened': complaintOpened,
  'complaint.resolved': complaintResolved,
} as const;
