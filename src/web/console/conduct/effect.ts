import type { Obligation, Surface } from '../../../contracts/events.ts';
import type { ProposalDetail } from '../../../contracts/review.ts';
import { isolate } from '../../ui/isolate.ts';
import type { Tools } from './events/presenter.ts';

export type Effect = ProposalDetail['effect'];

/** A step or measure that is about to be taken, however it was put together. */
export interface Planned {
  readonly type: Effect['type'];
  readonly obligations: readonly { readonly name: string; readonly words: string }[];
  readonly surfaces: readonly string[];
}

/** "Restrict until 3 Nov 2026": for a button. */
export function effectLabel(effect: Planned & { until: string }, { t, formats }: Tools): string {
  return t(`effect.do.${effect.type}`, { date: isolate(formats.date(effect.until)) });
}

/** What will happen, to whom and until when, in full sentences. */
export function effectSentence(effect: Planned & { until: string }, name: string, { t, formats }: Tools): string {
  const values = { name, date: isolate(formats.date(effect.until)) };
  const obligations = obligationList(effect, { t, formats });
  switch (effect.type) {
    case 'watch':
    case 'warning':
      return t(`effect.sentence.${effect.type}`, values);
    case 'restriction':
      return obligations === null
        ? t('effect.sentence.restrictionNone', values)
        : t('effect.sentence.restriction', { ...values, obligations });
    case 'block': {
      const sentence = t('effect.sentence.block', {
        ...values,
        surfaces: surfaceList(effect.surfaces, { t, formats }),
      });
      return obligations === null ? sentence : `${sentence} ${t('effect.sentence.also', { obligations })}`;
    }
  }
}

/** What would follow on the ladder if nothing changes. */
export function nextSentence(next: Planned | null, tools: Tools): string {
  const { t } = tools;
  if (next === null) return t('effect.next.none');
  switch (next.type) {
    case 'watch':
    case 'warning':
      return t(`effect.next.${next.type}`);
    case 'restriction':
      return t('effect.next.restriction', { what: obligationList(next, tools) ?? '' });
    case 'block':
      return t('effect.next.block', { what: surfaceList(next.surfaces, tools) });
  }
}

/** "buying and signing in" */
export function surfaceList(surfaces: readonly string[], { t, formats }: Tools): string {
  return formats.list(surfaces.map((surface) => t(`surface.${surface as Surface}`)));
}

/** The demands as one list inside a sentence; null when there are none. */
function obligationList({ obligations }: Planned, tools: Tools): string | null {
  if (obligations.length === 0) return null;
  return tools.formats.list(obligations.map((each) => inSentence(obligationText(each, tools))));
}

const KNOWN: Record<Obligation, true> = {
  prepayment_only: true,
  returns_need_photos: true,
  returns_need_approval: true,
  no_free_returns: true,
  order_limit: true,
  one_variant_per_article: true,
  signature_on_delivery: true,
  fixed_delivery_address: true,
  official_channels_only: true,
  reviews_need_approval: true,
  manual_review: true,
};

/** An obligation in words for staff. The API's own words speak to the customer ("You pay before we send."); they stand in for names this page does not know. */
export function obligationText({ name, words }: { name: string; words: string }, { t }: Tools): string {
  return Object.hasOwn(KNOWN, name) ? t(`obligation.${name as Obligation}`) : words;
}

/** "Photos are needed with returns." becomes part of a longer sentence. */
function inSentence(words: string): string {
  const bare = words.replace(/[.]$/, '');
  return bare.charAt(0).toLocaleLowerCase() + bare.slice(1);
}

/** An obligation by name, with the words this page has for it. */
export function obligationNamed(name: Obligation, { t }: Tools): { name: string; words: string } {
  return { name, words: t(`obligation.${name}`) };
}
