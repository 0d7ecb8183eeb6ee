import type { MeasureType, Obligation, Surface } from '../../../../contracts/events.ts';
import { isolate } from '../../../ui/isolate.ts';
import type { Meaning } from '../../../ui/standing.tsx';
import { details, type Presenter, type Tools } from './presenter.ts';

const MEANING: Record<MeasureType, Meaning> = { warning: 'watch', restriction: 'restrict', block: 'block' };

interface What {
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
}

function demands({ obligations, surfaces }: What, tools: Tools): string[] {
  return details(
    surfaces.length > 0 && tools.formats.list(surfaces.map((surface) => tools.t(`surface.${surface}`))),
    obligations.length > 0 && tools.formats.list(obligations.map((obligation) => tools.t(`obligation.${obligation}`))),
  );
}

const until = (at: string, { t, formats }: Tools) => t('measure.until', { date: isolate(formats.date(at)) });

const started: Presenter<'measure.started'> = (body, tools) => ({
  icon: 'measure',
  meaning: MEANING[body.type],
  title: tools.t(`measure.started.${body.type}`),
  details: [
    until(body.until, tools),
    ...demands(body, tools),
    ...details(
      body.softened && tools.t('measure.softened'),
      body.proposedBy === 'staff' && tools.t('measure.proposedByStaff'),
      body.skipped && tools.t(`measure.skipped.${body.skipped}`),
    ),
  ],
});

const changed: Presenter<'measure.changed'> = (body, tools) => ({
  icon: 'measure',
  meaning: MEANING[body.type],
  title: tools.t('measure.changed'),
  details: [until(body.until, tools), ...demands(body, tools)],
});

const lifted: Presenter<'measure.lifted'> = (body, { t }) => ({
  icon: 'measure',
  meaning: 'good',
  title: t(`measure.lifted.${body.because}`),
  details: [],
});

const expired: Presenter<'measure.expired'> = (_body, { t }) => ({
  icon: 'clock',
  meaning: 'good',
  title: t('measure.expired'),
  details: [],
});

const voided: Presenter<'measure.voided'> = (_body, { t }) => ({
  icon: 'measure',
  meaning: 'good',
  title: t('measure.voided'),
  details: [],
});

const suspended: Presenter<'measure.suspended'> = (_body, { t }) => ({
  icon: 'clock',
  meaning: 'neutral',
  title: t('measure.suspended'),
  details: [],
});

const resumed: Presenter<'measure.resumed'> = (body, tools) => ({
  icon: 'clock',
  meaning: 'neutral',
  title: tools.t('measure.resumed'),
  details: [until(body.until, tools)],
});

/** `trace` and `evidence` stay on the server: what a proposal rests on is read on its own page. */
const proposed: Presenter<'proposal.made'> = (body, tools) => ({
  icon: 'review',
  meaning: 'neutral',
  title: tools.t(`proposal.made.${body.type}`),
  details: [
    tools.t('proposal.step', { step: tools.formats.count(body.step) }),
    ...demands(body, tools),
    ...details(body.skipped && tools.t(`measure.skipped.${body.skipped}`)),
  ],
});

const answer =
  (key: 'withdrawn' | 'declined' | 'firstApproval' | 'colleagueAsked' | 'reopened') =>
  (body: { step: number }, { t, formats }: Tools) => ({
    icon: 'review' as const,
    meaning: 'neutral' as const,
    title: t(`proposal.${key}`),
    details: [t('proposal.step', { step: formats.count(body.step) })],
  });

const decided: Presenter<'decision.made'> = (body, tools) => ({
  icon: 'shop',
  meaning: body.outcome === 'deny' ? 'block' : body.outcome === 'allow' ? 'neutral' : 'restrict',
  title: tools.t(`decision.${body.outcome}`, { surface: tools.t(`surface.${body.surface}`) }),
  details: [
    ...demands({ obligations: body.obligations, surfaces: [] }, tools),
    ...details(
      body.allowListed && tools.t('decision.allowListed'),
      (body.entries?.length ?? 0) > 0 && tools.t('decision.entry'),
      (body.live?.length ?? 0) > 0 && tools.t('decision.live', { rules: body.live?.join(', ') }),
      (body.likenesses?.length ?? 0) > 0 && tools.t('decision.likeness'),
      body.stale === true && tools.t('decision.stale'),
    ),
  ],
});

const allowed: Presenter<'decisions.allowed'> = ({ surfaces }, { t, formats }) => ({
  icon: 'shop',
  meaning: 'neutral',
  title: t('decision.allowed', {
    number: formats.count(Object.values(surfaces).reduce((sum, count) => sum + count, 0)),
  }),
  details: Object.entries(surfaces).map(
    ([where, count]) => `${t(`surface.${where as Surface}`)}: ${formats.count(count)}`,
  ),
});

const corrected: Presenter<'event.corrected'> = (body, { t }) => ({
  icon: 'edit',
  meaning: 'neutral',
  title: t(`correction.${body.as}`),
  details: [],
});

export const measurePresenters = {
  'measure.started': started,
  'measure.changed': changed,
  'measure.lifted': lifted,
  'measure.expired': expired,
  'measure.voided': voided,
  'measure.suspended': suspended,
  'measure.resumed': resumed,
  'proposal.made': proposed,
  'proposal.withdrawn': answer('withdrawn'),
  'proposal.declined': answer('declined'),
  'proposal.first_approval': answer('firstApproval'),
  'proposal.colleague_asked': answer('colleagueAsked'),
  'proposal.reopened': answer('reopened'),
  'decision.made': decided,
  'decisions.allowed': allowed,
  'event.corrected': corrected,
} as const;
