import { details, type Presenter } from './presenter.ts';

const found: Presenter<'link.found'> = (body, { t }) => ({
  icon: 'people',
  meaning: 'neutral',
  title: t(`link.found.${body.class}`),
  details: [],
});

const confirmed: Presenter<'link.confirmed'> = (_body, { t }) => ({
  icon: 'people',
  meaning: 'neutral',
  title: t('link.confirmed'),
  details: [],
});

const split: Presenter<'link.split'> = (_body, { t }) => ({
  icon: 'people',
  meaning: 'neutral',
  title: t('link.split'),
  details: [],
});

const reopened: Presenter<'link.reopened'> = (_body, { t }) => ({
  icon: 'people',
  meaning: 'neutral',
  title: t('link.reopened'),
  details: [],
});

const evasion: Presenter<'evasion.found'> = (_body, { t }) => ({
  icon: 'alert',
  meaning: 'restrict',
  title: t('evasion.found'),
  details: details(t('evasion.detail')),
});

export const linkPresenters = {
  'link.found': found,
  'link.confirmed': confirmed,
  'link.split': split,
  'link.reopened': reopened,
  'evasion.found': evasion,
} as const;
