import type { ConductLabel } from '../../../../contracts/events.ts';
import type { Meaning } from '../../../ui/standing.tsx';
import { details, type Presenter, ref, type Tools } from './presenter.ts';

const GRAVE: ReadonlySet<ConductLabel> = new Set(['threat_of_violence', 'hate', 'extortion']);

function meaningOf(labels: readonly ConductLabel[]): Meaning {
  if (labels.some((label) => GRAVE.has(label))) return 'block';
  return labels.some((label) => label !== 'polite') ? 'watch' : 'neutral';
}

function labelled(labels: readonly ConductLabel[], by: 'staff' | 'machine', { t, formats }: Tools): string[] {
  if (labels.length === 0) return [];
  const words = formats.list(labels.map((label) => t(`message.label.${label}`)));
  return details(words, by === 'machine' && t('message.byMachine'));
}

const received: Presenter<'message.received'> = (body, tools) => ({
  icon: 'person',
  meaning: meaningOf(body.labels),
  title: tools.t(`message.received.${body.channel}`),
  details: [
    ...labelled(body.labels, body.labelledBy, tools),
    ...details(body.order && tools.t('message.about', { order: ref(body.order) })),
  ],
});

const relabelled: Presenter<'message.labelled'> = (body, tools) => ({
  icon: 'edit',
  meaning: meaningOf(body.labels),
  title: tools.t(body.labels.length === 0 ? 'message.labelRemoved' : 'message.labelled'),
  details: labelled(body.labels, body.labelledBy, tools),
});

const posted: Presenter<'review.posted'> = (body, { t }) => ({
  icon: 'spark',
  meaning: 'neutral',
  title: t('review.posted', { count: body.rating }),
  details: details(body.order && t('review.order', { order: ref(body.order) })),
});

const assessed: Presenter<'review.assessed'> = (body, { t }) => ({
  icon: 'spark',
  meaning: body.outcome === 'unfair' ? 'watch' : 'neutral',
  title: t(`review.${body.outcome}`),
  details: [],
});

export const messagePresenters = {
  'message.received': received,
  'message.labelled': relabelled,
  'review.posted': posted,
  'review.assessed': assessed,
} as const;
