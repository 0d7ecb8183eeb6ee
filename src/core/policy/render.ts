import type { MetricName } from '../metrics/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import { days, type Period } from '../shared/period.ts';
import { conditionsOf } from './expression.ts';
import { renderLiveRule } from './live/render.ts';
import { type OwnTexts, ownTexts } from './own-texts.ts';
import { type Prose, type Section, type Sentence, sentence, type Value, verbatim } from './sentence.ts';
import type { Condition, Expression, Ladder, Policy, Rule, Step } from './types.ts';
import { isWindowed, unitOf } from './vocabulary.ts';

/** Who reads: customers are spoken to and not told the names of things; staff see gravity and exact metric names. */
export type Audience = 'customer' | 'staff';

/**
 * The whole policy as sections of sentences: rules, what follows from them, what is asked at the moment, how to appeal, what is never touched. The shop's own
 * texts are in `language` where it translated them, and as it wrote them where not.
 */
export function renderPolicy(policy: Policy, audience: Audience = 'customer', language = policy.language): Prose {
  const own = ownTexts(policy, language);
  return {
    title: verbatim(own.name),
    introduction: verbatim(own.introduction),
    sections: [
      ...policy.rules.map((rule) => renderRule(rule, policy, own, audience)),
      ...policy.ladders.map((ladder) => renderLadder(ladder, own, audience)),
      ...policy.live.map((rule) => renderLiveRule(rule, policy, own, audience)),
      renderProcedure(policy, own),
      renderRights(),
    ],
  };
}

function renderRule(rule: Rule, policy: Policy, own: OwnTexts, audience: Audience): Section {
  const { title, because, advice } = own.rule(rule.id);
  const sentences: Sentence[] = [verbatim(because), whenSentence(rule.when, policy, audience)];
  const settle = sharedSettle(rule);
  if (settle !== null && settle.months + settle.days > 0) sentences.push(sentence('rule.settle', { settle }));
  const reasons = [...new Set(conditionsOf(rule.when).flatMap((condition) => condition.request.exclude))];
  if (reasons.length > 0)
    sentences.push(
      sentence('rule.leave_out', {
        reasons: { list: reasons.map((reason) => sentence(`reason.${reason}`)), join: 'or' },
      }),
    );
  if (advice !== null) sentences.push(verbatim(advice));
  if (policy.ladders.some((ladder) => ladder.id === rule.ladder))
    sentences.push(sentence('rule.ladder', { ladder: verbatim(own.ladder(rule.ladder).title) }));
  if (audience === 'staff')
    sentences.push(sentence(`rule.gravity.${rule.gravity}`, { rule: rule.id, conduct: rule.conduct }));
  return { id: rule.id, kind: 'rule', title: verbatim(title), sentences };
}

/** "You send back 50 % or more of what you buy, by value, and make 10 or more returns, over 12 months." */
export function whenSentence(expression: Expression, policy: Policy, audience: Audience): Sentence {
  const windows = conditionsOf(expression)
    .filter((condition) => isWindowed(condition.request.metric))
    .map((condition) => condition.request.window);
  const [first] = windows;
  const shared =
    first !== undefined && first !== null && windows.every((window) => samePeriod(window, first)) ? first : null;
  const conditions = expressionSentence(expression, policy, audience, shared === null);
  return shared === null
    ? sentence(`when.${audience}.always`, { conditions })
    : sentence(`when.${audience}.over`, { conditions, window: shared });
}

function expressionSentence(expression: Expression, policy: Policy, audience: Audience, withWindow: boolean): Sentence {
  if ('condition' in expression) return conditionSentence(expression.condition, policy, audience, withWindow);
  if ('not' in expression)
    return sentence(`condition.not.${audience}`, {
      condition: expressionSentence(expression.not, policy, audience, withWindow),
    });
  const [join, children] = 'all' in expression ? (['and', expression.all] as const) : (['or', expression.any] as const);
  const list = children.map((child, index) => {
    const before = children[index - 1];
    if (audience === 'customer' && join === 'and' && before !== undefined && belongTogether(before, child))
      return shareSentence(child.condition, policy);
    const inner = expressionSentence(child, policy, audience, withWindow);
    const grouped = 'all' in child || 'any' in child;
    return grouped && children.length > 1 ? sentence('condition.group', { condition: inner }) : inner;
  });
  return sentence('condition.list', { list: { list, join } });
}

/** One condition: what is measured, with the limit, and the window where sentences do not share one. */
export function conditionSentence(
  condition: Condition,
  policy: Policy,
  audience: Audience,
  withWindow: boolean,
): Sentence {
  const { metric, window } = condition.request;
  const amount = amountSentence(condition, policy);
  const inner =
    audience === 'staff'
      ? sentence('metric.staff', { title: sentence(`metric.title.${metric}`), amount })
      : // Nouns bend with how many there are, so the limit of a count is also the sentence's.
        sentence(`metric.customer.${metric}`, {
          amount,
          ...(unitOf(metric) === 'count' && { count: condition.threshold }),
        });
  return withWindow && window !== null && isWindowed(metric)
    ? sentence('condition.over', { condition: inner, window })
    : inner;
}

type Leaf = Extract<Expression, { readonly condition: Condition }>;

/** A share right after the count it is the share of, over the same time: "… and do so for 20 % or more of your orders". */
function belongTogether(before: Expression, child: Expression): child is Leaf {
  if (!('condition' in before && 'condition' in child)) return false;
  const [count, share] = [before.condition.request, child.condition.request];
  return shareOf[share.metric]?.count === count.metric && samePeriod(count.window, share.window);
}

function shareSentence(condition: Condition, policy: Policy): Sentence {
  const whole = shareOf[condition.request.metric]?.whole ?? 'orders';
  return sentence(`share.${whole}`, { amount: amountSentence(condition, policy) });
}

const ofOrders = (count: MetricName) => ({ count, whole: 'orders' }) as const;
const ofMessages = (count: MetricName) => ({ count, whole: 'messages' }) as const;

/** Which count each share divides, and by what. */
const shareOf: Partial<
  Record<MetricName, { readonly count: MetricName; readonly whole: 'orders' | 'messages' | 'reviews' }>
> = {
  refunds_without_goods_rate: ofOrders('refunds_without_goods'),
  low_value_refund_claim_rate: ofOrders('low_value_refund_claims'),
  claims_not_received_rate: ofOrders('claims_not_received'),
  unfounded_claim_rate: ofOrders('unfounded_claims'),
  worn_return_rate: ofOrders('worn_returns'),
  bracketing_rate: ofOrders('bracketing_orders'),
  cancellation_rate: ofOrders('cancellations_after_dispatch'),
  address_change_rate: ofOrders('address_changes_after_dispatch'),
  wrong_address_claim_rate: ofOrders('wrong_address_claims'),
  duplicate_order_claim_rate: ofOrders('duplicate_order_claims'),
  chargeback_rate: ofOrders('chargebacks'),
  unfounded_complaint_rate: ofOrders('unfounded_complaints'),
  abusive_message_rate: ofMessages('abusive_messages'),
  legal_or_publicity_threat_rate: ofMessages('legal_or_publicity_threats'),
  impossible_demand_rate: ofMessages('impossible_demands'),
  unfair_review_rate: { count: 'unfair_reviews', whole: 'reviews' },
};

function amountSentence(condition: Condition, policy: Policy): Sentence {
  const unit = unitOf(condition.request.metric);
  const counted = unit === 'count' ? 'count' : 'measure';
  return sentence(`amount.${counted}.${condition.comparison}`, { limit: limitValue(condition, policy) });
}

/** The limit of a condition, to be said in the reader's figures. */
export function limitValue({ request, threshold }: Condition, policy: Policy): Value {
  const unit = unitOf(request.metric);
  switch (unit) {
    case 'share':
      return { share: threshold };
    case 'money':
      return policy.currency === null ? threshold : { money: threshold, currency: policy.currency };
    case 'days':
      return days(threshold);
    case 'count':
    case 'ratio':
      return threshold;
    default:
      return assertNever(unit);
  }
}

function sharedSettle(rule: Rule): Period | null {
  const [first, ...others] = conditionsOf(rule.when).map((condition) => condition.request.settle);
  return first !== undefined && others.every((settle) => samePeriod(settle, first)) ? first : null;
}

function samePeriod(a: Period | null, b: Period | null): boolean {
  return a?.months === b?.months && a?.days === b?.days;
}

function renderLadder(ladder: Ladder, own: OwnTexts, audience: Audience): Section {
  const sentences = ladder.steps.flatMap((step, index) => stepSentences(step, index + 1, ladder));
  if (ladder.graveStartsAt !== null)
    sentences.push(sentence(`ladder.grave.${ladder.graveStartsAt.because}`, { step: ladder.graveStartsAt.step }));
  if (ladder.steps.length > 1) sentences.push(sentence('ladder.forget', { period: ladder.forgetAfter }));
  if (audience === 'staff') sentences.push(sentence('ladder.person'));
  return { id: ladder.id, kind: 'ladder', title: verbatim(own.ladder(ladder.id).title), sentences };
}

function stepSentences(step: Step, number: number, ladder: Ladder): Sentence[] {
  const sentences = [stepSentence(step, number)];
  const before = ladder.steps[number - 2];
  if (before !== undefined && step.afterPrevious !== null && step.afterPrevious.months + step.afterPrevious.days > 0)
    sentences.push(sentence(before.do === 'watch' ? 'step.after_watch' : 'step.after', { period: step.afterPrevious }));
  else if (before !== undefined) sentences.push(sentence('step.again'));
  const { cleanFor, ordersKept } = step.lift;
  if (cleanFor !== null && ordersKept !== null)
    sentences.push(sentence('step.lift.both', { period: cleanFor, count: ordersKept }));
  else if (cleanFor !== null) sentences.push(sentence('step.lift.clean', { period: cleanFor }));
  else if (ordersKept !== null) sentences.push(sentence('step.lift.orders', { count: ordersKept }));
  return sentences;
}

/** "Step 2: for 180 days this applies: …" */
export function stepSentence(step: Step, number: number): Sentence {
  return sentence('step.numbered', { step: number, text: stepText(step) });
}

function stepText(step: Step): Sentence {
  const obligations = sentence('sentences', {
    list: { list: step.obligations.map((name) => sentence(`obligation.${name}`)), join: 'and' },
  });
  const surfaces: Value = { list: step.surfaces.map((name) => sentence(`surface.${name}`)), join: 'or' };
  const period = step.for;
  switch (step.do) {
    case 'watch':
    case 'warning':
      return sentence(`step.${step.do}`, { period });
    case 'restriction':
      return sentence('step.restriction', { period, obligations });
    case 'block':
      return step.obligations.length === 0
        ? sentence('step.block', { period, surfaces })
        : sentence('step.blockWith', { period, surfaces, obligations });
    default:
      return assertNever(step.do);
  }
}

function renderProcedure(policy: Policy, own: OwnTexts): Section {
  const { appealWithin, answerWithin } = policy.procedure;
  return {
    id: 'procedure',
    kind: 'procedure',
    title: sentence('procedure.title'),
    sentences: [
      sentence('procedure.told'),
      verbatim(own.appeal),
      sentence('procedure.within', { period: appealWithin }),
      sentence('procedure.answer', { period: answerWithin }),
    ],
  };
}

function renderRights(): Section {
  return {
    id: 'rights',
    kind: 'rights',
    title: sentence('rights.title'),
    sentences: ['rights.fault', 'rights.law', 'rights.person', 'rights.look', 'rights.end'].map((key) => sentence(key)),
  };
}
