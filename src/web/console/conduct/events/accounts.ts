import { details, type Presenter } from './presenter.ts';

const created: Presenter<'account.created'> = (body, { t }) => ({
  icon: 'person',
  meaning: 'neutral',
  title: t('account.created'),
  details: details(body.channel && t(`account.channel.${body.channel}`)),
});

const closed: Presenter<'account.closed'> = (body, { t }) => ({
  icon: 'person',
  meaning: 'neutral',
  title: t(body.by === 'customer' ? 'account.closedByCustomer' : 'account.closedByShop'),
  details: [],
});

const identified: Presenter<'account.identified'> = (body, { t, formats }) => {
  const types = new Set(body.identifiers.map((identifier) => identifier.type));
  return {
    icon: 'person',
    meaning: 'neutral',
    title: t('account.identified'),
    details: details(formats.list([...types].map((type) => t(`account.identifiers.${type}`)))),
  };
};

const erased: Presenter<'account.erased'> = (_body, { t }) => ({
  icon: 'trash',
  meaning: 'neutral',
  title: t('account.erased'),
  details: [],
});

const note: Presenter<'note.added'> = (body, { t }) => ({
  icon: body.pinned ? 'pin' : 'edit',
  meaning: 'neutral',
  title: t(body.pinned ? 'note.pinned' : 'note.added'),
  details: [],
});

export const accountPresenters = {
  'account.created': created,
  'account.closed': closed,
  'account.identified': identified,
  'account.erased': erased,
  'note.added': note,
} as const;
