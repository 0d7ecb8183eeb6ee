import { appealUntil } from '../../core/appeals/deadline.ts';
import { applyFrom } from '../../core/appeals/seconds.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { MeasureFacts, ToldMeasure } from '../../core/notices/facts.ts';
import { resolveLinks } from '../../core/notices/links.ts';
import { proseOf, type Readability, readability } from '../../core/notices/readability.ts';
import { measureStarted } from '../../core/notices/started.ts';
import { renderText } from '../../core/notices/text.ts';
import type { NoticeDocument } from '../../core/notices/types.ts';
import { checkWording, type WordingFinding } from '../../core/notices/wording.ts';
import { type CustomerId, id, type MeasureId, type ProposalId, type StaffId } from '../../core/shared/brand.ts';
import { addPeriod } from '../../core/shared/period.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import { type Language, languageFor } from '../../core/shared/words.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import { invalid, notFound, type Refused } from '../desk/refused.ts';
import { type EffectWish, type MeasureEffect, readEffect } from '../measures/effect.ts';
import { customerLanguage } from '../portal/language.ts';
import { countsAs } from '../review/milder.ts';
import { addressOf } from './addresses.ts';
import { type KnownCustomer, knownCustomer, type NoticeDeps, policyOf } from './known.ts';
import { othersCanHear } from './people.ts';
import { footerOf, settingOf } from './setting.ts';

export interface PreviewWish {
  /** A language tag; without it the customer's own. */
  readonly language?: string | undefined;
  readonly personal?: string | undefined;
  readonly effect?: (EffectWish & { readonly until: Instant }) | undefined;
  /** Only where staff decide by themselves. */
  readonly reason?: string | undefined;
}

export interface Preview {
  readonly document: NoticeDocument;
  readonly text: string;
  /** The customer's own language, as far as it is known. */
  readonly theirs: Language;
  readonly readability: Readability | null;
  readonly findings: readonly WordingFinding[];
}

interface Asking {
  readonly shop: Shop;
  /** Who asks. */
  readonly by: StaffId;
  /** The language they read. */
  readonly reader: Language;
}

/** What a customer would read if a proposal were answered now: as it is proposed, or with something milder. */
export async function previewProposal(
  deps: NoticeDeps,
  asking: Asking,
  proposalId: ProposalId,
  wish: PreviewWish,
): Promise<Result<Preview, Refused>> {
  const { shop, by } = asking;
  const proposal = await deps.store.standing.proposal(shop.id, proposalId);
  if (proposal === null) return err(notFound('There is no such proposal.'));
  const effect = effectOf(wish, proposal);
  if (!effect.ok) return effect;
  const now = deps.clock.now();
  const known = await knownCustomer(deps.store, shop, proposal.customer, now);
  const { compiled } = await policyOf(deps, shop, proposal.policyVersion);
  const ladder = compiled.policy.ladders.find(({ id }) => id === proposal.ladder) ?? null;
  const step = ladder?.steps[proposal.step - 1];
  const proposed = wish.effect === undefined;
  const until = wish.effect?.until ?? (step === undefined ? proposal.until : addPeriod(now, step.for));
  const measure: ToldMeasure = {
    ...effect.value,
    ladder: proposal.ladder,
    step: proposed ? proposal.step : countsAs(effect.value, proposal, ladder),
    rules: proposal.rules,
    policyVersion: proposal.policyVersion,
    evidence: proposal.evidence,
    startedAt: now,
    until,
    proposedBy: 'policy',
    softened: !proposed,
    skipped: proposed ? proposal.skipped : null,
  };
  const approvers = proposal.firstApprover === null ? [by] : [proposal.firstApprover, by];
  const facts = factsOf(deps, shop, known, compiled.policy, measure, proposal.trace, approvers, null);
  return ok(await preview(deps, asking, known, facts, wish));
}

/** What a customer would read about a measure that staff would take by themselves. */
export async function previewMeasure(
  deps: NoticeDeps,
  asking: Asking,
  customer: CustomerId,
  wish: PreviewWish,
): Promise<Result<Preview, Refused>> {
  const { shop, by } = asking;
  if (wish.effect === undefined) return err(invalid('effect', 'is missing: say what the measure is to do'));
  const effect = effectOf(wish, null);
  if (!effect.ok) return effect;
  const now = deps.clock.now();
  const known = await knownCustomer(deps.store, shop, customer, now);
  if (known.events.length === 0) return err(notFound('The shop knows no such customer.'));
  const { compiled } = await policyOf(deps, shop, null);
  const measure: ToldMeasure = {
    ...effect.value,
    ladder: null,
    step: null,
    rules: [],
    policyVersion: null,
    evidence: [],
    startedAt: now,
    until: wish.effect.until,
    proposedBy: 'staff',
    softened: false,
    skipped: null,
  };
  const reason = wish.reason === undefined || wish.reason === '' ? null : wish.reason;
  const facts = factsOf(deps, shop, known, compiled.policy, measure, [], [by], reason);
  return ok(await preview(deps, asking, known, facts, wish));
}

function effectOf({ effect }: PreviewWish, proposal: ProposalRecord | null): Result<MeasureEffect, Refused> {
  if (effect !== undefined) return readEffect(effect);
  if (proposal === null || proposal.type === 'watch')
    return err(invalid('effect', 'is missing: say what the measure is to do'));
  const { type, obligations, surfaces } = proposal;
  return ok({ type, obligations, surfaces });
}

function factsOf(
  { laws }: NoticeDeps,
  shop: Shop,
  { events, colleagues }: KnownCustomer,
  policy: MeasureFacts['policy'],
  measure: ToldMeasure,
  trace: MeasureFacts['trace'],
  approvers: readonly StaffId[],
  reason: string | null,
): MeasureFacts {
  const counting = { law: laws.of(shop), zone: shop.timeZone };
  return {
    measure,
    policy,
    trace,
    events,
    reason,
    othersCanHear: othersCanHear(colleagues, approvers),
    appealUntil: appealUntil(policy.procedure, measure.startedAt, counting),
    applyFrom: measure.type === 'warning' ? null : applyFrom(begun(measure, approvers), []),
  };
}

/** The measure as it would be once it had begun. */
function begun(measure: ToldMeasure, approvedBy: readonly StaffId[]): Measure {
  return {
    ...measure,
    id: id<MeasureId>('00000000-0000-0000-0000-000000000000'),
    state: 'active',
    endedAt: null,
    endedBecause: null,
    suspendedAt: null,
    suspendedFor: 0,
    approvedBy,
  };
}

async function preview(
  deps: NoticeDeps,
  { shop, reader }: Asking,
  known: KnownCustomer,
  facts: MeasureFacts,
  { language: asked, personal, reason }: PreviewWish,
): Promise<Preview> {
  const theirs = await customerLanguage(deps, shop, known.customer, known.events);
  const language = (asked === undefined ? null : languageFor(deps.languages.all, asked)) ?? theirs;
  const setting = settingOf(deps, shop, language, known.now, personal ?? null);
  const about = { language: language.code, customer: known.customer, appeal: null, notice: null, key: null };
  const document = resolveLinks(measureStarted(setting, facts), addressOf(deps, shop, about));
  return {
    document,
    text: renderText(document, footerOf(language, shop)),
    theirs,
    readability: readability(proseOf(document), language.code),
    findings: [personal, reason].flatMap((text) =>
      text === undefined ? [] : checkWording(text, deps.languages.all, reader),
    ),
  };
}
