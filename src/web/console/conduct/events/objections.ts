import { isolate } from '../../../ui/isolate.ts';
import { details, type Presenter } from './presenter.ts';

const filed: Presenter<'objection.filed'> = (body, { t, formats }) => ({
  icon: 'speech',
  meaning: 'neutral',
  title: t('objection.filed'),
  details: details(
    body.round > 1 && t('objection.round', { round: formats.count(body.round) }),
    t('appeal.dueBy', { date: isolate(formats.date(body.dueAt)) }),
  ),
});

const decided: Presenter<'objection.decided'> = (body, { t }) => ({
  icon: 'review',
  meaning: body.outcome === 'rejected' ? 'neutral' : 'good',
  title: t(`objection.decided.${body.outcome}`),
  details: details(body.alone && t('appeal.alone')),
});

const withdrawn: Presenter<'objection.withdrawn'> = (_body, { t }) => ({
  icon: 'undo',
  meaning: 'neutral',
  title: t('objection.withdrawn'),
  details: [],
});

export const objectionPresenters = {
  'objection.filed': filed,
  'objection.decided': decided,
  'objection.withdrawn': withdrawn,
} as const;
