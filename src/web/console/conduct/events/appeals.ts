import { details, type Presenter } from './presenter.ts';

const filed: Presenter<'appeal.filed'> = (body, { t, formats }) => ({
  icon: 'review',
  meaning: 'neutral',
  title: t(`appeal.filed.${body.type}`),
  details: details(t(`appeal.ground.${body.ground}`), t('appeal.dueBy', { date: formats.date(body.dueAt) })),
});

const plain =
  (key: 'taken' | 'informationAsked' | 'informationGiven' | 'withdrawn'): Presenter<never> =>
  (_body, { t }) => ({ icon: 'review', meaning: 'neutral', title: t(`appeal.${key}`), details: [] });

const decided: Presenter<'appeal.decided'> = (body, { t }) => ({
  icon: 'review',
  meaning: body.outcome === 'rejected' ? 'neutral' : 'good',
  title: t(`appeal.decided.${body.outcome}`),
  details: [],
});

const issued: Presenter<'notice.issued'> = (_body, { t }) => ({
  icon: 'review',
  meaning: 'neutral',
  title: t('notice.issued'),
  details: [],
});

export const appealPresenters = {
  'appeal.filed': filed,
  'appeal.taken': plain('taken'),
  'appeal.information_asked': plain('informationAsked'),
  'appeal.information_given': plain('informationGiven'),
  'appeal.decided': decided,
  'appeal.withdrawn': plain('withdrawn'),
  'notice.issued': issued,
} as const;
