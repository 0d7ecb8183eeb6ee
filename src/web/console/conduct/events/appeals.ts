import { isolate } from '../../../ui/isolate.ts';
import { noticeTitle } from '../notice/notice-title.ts';
import { details, type Presenter } from './presenter.ts';

const filed: Presenter<'appeal.filed'> = (body, { t, formats }) => ({
  icon: 'speech',
  meaning: 'neutral',
  title: t(`appeal.filed.${body.type}`),
  details: details(
    t(`appeal.ground.${body.ground}`),
    body.disputed.length > 0 && t('appeal.disputed', { count: body.disputed.length }),
    body.attachments.length > 0 && t('appeal.files', { count: body.attachments.length }),
    body.round > 1 && t('appeal.round', { round: formats.count(body.round) }),
    t('appeal.dueBy', { date: isolate(formats.date(body.dueAt)) }),
  ),
});

const taken: Presenter<'appeal.taken'> = (_body, { t }) => ({
  icon: 'speech',
  meaning: 'neutral',
  title: t('appeal.taken'),
  details: [],
});

const informationAsked: Presenter<'appeal.information_asked'> = (body, { t, formats }) => ({
  icon: 'question',
  meaning: 'neutral',
  title: t('appeal.informationAsked'),
  details: [t('appeal.askedUntil', { date: isolate(formats.date(body.until)) })],
});

const informationGiven: Presenter<'appeal.information_given'> = (body, { t }) => ({
  icon: 'speech',
  meaning: 'neutral',
  title: t('appeal.informationGiven'),
  details: details(body.attachments.length > 0 && t('appeal.files', { count: body.attachments.length })),
});

const RESULTS = ['voided', 'lifted', 'reduced', 'stands'] as const;

const decided: Presenter<'appeal.decided'> = (body, { t }) => ({
  icon: 'review',
  meaning: body.outcome === 'rejected' ? 'neutral' : 'good',
  title: t(`appeal.decided.${body.outcome}`),
  details: details(
    ...RESULTS.map((result) => {
      const count = body.measures.filter((each) => each.result === result).length;
      return count > 0 && t(`appeal.result.${result}`, { count });
    }),
    body.corrections.length > 0 && t('appeal.corrected', { count: body.corrections.length }),
    body.alone && t('appeal.alone'),
  ),
});

const withdrawn: Presenter<'appeal.withdrawn'> = (_body, { t }) => ({
  icon: 'undo',
  meaning: 'neutral',
  title: t('appeal.withdrawn'),
  details: [],
});

const issued: Presenter<'notice.issued'> = (body, { t, formats }) => ({
  icon: 'mail',
  meaning: 'neutral',
  title: noticeTitle(body.kind, t),
  details: [t('notice.inLanguage', { language: isolate(formats.language(body.language)) })],
});

export const appealPresenters = {
  'appeal.filed': filed,
  'appeal.taken': taken,
  'appeal.information_asked': informationAsked,
  'appeal.information_given': informationGiven,
  'appeal.decided': decided,
  'appeal.withdrawn': withdrawn,
  'notice.issued': issued,
} as const;
