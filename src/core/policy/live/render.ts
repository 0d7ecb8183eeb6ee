import { assertNever } from '../../shared/assert-never.ts';
import type { OwnTexts } from '../own-texts.ts';
import { type DataSource, type Section, type Sentence, sentence, type Value, verbatim } from '../sentence.ts';
import type { Policy } from '../types.ts';
import { durationIn } from './duration.ts';
import { liveConditionsOf } from './expression.ts';
import type { LiveCondition, LiveExpression, LiveIdentifier, LiveRule } from './types.ts';

/** A live rule as a section of the policy's page: why, when, where, and what then. */
export function renderLiveRule(rule: LiveRule, policy: Policy, own: OwnTexts, audience: 'customer' | 'staff'): Section {
  const { title, because } = own.live(rule.id);
  const sentences = [verbatim(because), ...liveSentences(rule, policy)];
  if (audience === 'staff') sentences.push(sentence('live.staff', { rule: rule.id }));
  const source = looksAtNetworks(rule.when) ? { source: NETWORKS } : {};
  return { id: rule.id, kind: 'live', title: verbatim(title), sentences, ...source };
}

/** As DB-IP's licence for its free databases (CC BY 4.0) asks for it: a link with this text on pages that use what they say. */
const NETWORKS: DataSource = {
  said: sentence('live.source'),
  name: 'IP Geolocation by DB-IP',
  href: 'https://db-ip.com',
};

const looksAtNetworks = (expression: LiveExpression): boolean =>
  liveConditionsOf(expression).some(({ fact }) => fact === 'hosting_network');

/** What a live rule does, without the shop's own words: when, where unless at the purchase alone, and what then. */
export function liveSentences(rule: LiveRule, policy: Policy): Sentence[] {
  const sentences = [sentence('live.when', { conditions: expressionSentence(rule.when, policy) })];
  if (rule.surfaces.some((where) => where !== 'purchase'))
    sentences.push(
      sentence('live.where', {
        surfaces: { list: rule.surfaces.map((where) => sentence(`live.surface.${where}`)), join: 'and' },
      }),
    );
  sentences.push(answerSentence(rule));
  return sentences;
}

function answerSentence({ answer, obligations }: LiveRule): Sentence {
  switch (answer) {
    case 'review':
      return sentence('live.review');
    case 'challenge':
      return obligations.length === 0
        ? sentence('live.confirm')
        : sentence('live.challenge', {
            obligations: sentence('sentences', {
              list: { list: obligations.map((name) => sentence(`obligation.${name}`)), join: 'and' },
            }),
          });
    default:
      return assertNever(answer);
  }
}

function expressionSentence(expression: LiveExpression, policy: Policy): Sentence {
  if ('condition' in expression) return conditionSentence(expression.condition, policy);
  if ('not' in expression) return sentence('live.not', { condition: expressionSentence(expression.not, policy) });
  const [join, children] = 'all' in expression ? (['and', expression.all] as const) : (['or', expression.any] as const);
  const list = children.map((child) => {
    const inner = expressionSentence(child, policy);
    const grouped = 'all' in child || 'any' in child;
    return grouped && children.length > 1 ? sentence('condition.group', { condition: inner }) : inner;
  });
  return sentence('condition.list', { list: { list, join } });
}

function conditionSentence(condition: LiveCondition, policy: Policy): Sentence {
  const key = `live.condition.${condition.fact}`;
  switch (condition.kind) {
    case 'plain':
      return sentence(key);
    case 'number':
      return sentence(key, { amount: amountSentence(condition, policy) });
    case 'counted':
      return sentence(key, {
        amount: amountSentence(condition, policy),
        per: perSentence(condition.per),
        within: withinSentence(condition.withinMs),
        // Nouns bend with how many there are.
        count: condition.threshold,
      });
    default:
      return assertNever(condition);
  }
}

/** "at least 5", "€500.00 or more". */
export function amountSentence(condition: Exclude<LiveCondition, { kind: 'plain' }>, policy: Policy): Sentence {
  const counted = condition.fact === 'order_value' ? 'measure' : 'count';
  return sentence(`amount.${counted}.${condition.comparison}`, {
    limit: amountValue(condition, condition.threshold, policy),
  });
}

/** A number in the unit of a condition, to be said in the reader's figures. */
export function amountValue({ fact }: LiveCondition, value: number, { currency }: Policy): Value {
  return fact === 'order_value' && currency !== null ? { money: value, currency } : value;
}

export const perSentence = (per: LiveIdentifier): Sentence => sentence(`live.per.${per}`);

/** "within 1 hour". */
export function withinSentence(ms: number): Sentence {
  const { unit, count } = durationIn(ms);
  return sentence(`live.within.${unit}`, { count });
}
