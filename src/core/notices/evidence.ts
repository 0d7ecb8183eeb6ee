import type { MetricName, MetricUnit } from '../metrics/types.ts';
import { metricNames } from '../metrics/types.ts';
import type { ConditionTraceJson, RuleTraceJson } from '../policy/trace-json.ts';
import { isConduct } from '../policy/vocabulary.ts';
import { assertNever } from '../shared/assert-never.ts';
import { days, type Period, parsePeriod } from '../shared/period.ts';
import { hasWords, type Language, say, sayDate, sayMoney, sayNumber, sayPeriod, sayShare } from '../shared/words.ts';
import type { MeasureFacts, Setting } from './facts.ts';
import { type Happened, happenings } from './happened.ts';
import type { Block } from './types.ts';
import { isolate, paragraph, type Section, section } from './write.ts';

type Row = Extract<Block, { readonly kind: 'facts' }>['rows'][number];

/** How many things are named one by one; of more it is said how many there are. */
export const MOST_NAMED = 12;
const MOST_LEFT_OUT = 8;

/** The rules that led to a measure, as they were judged: only those it names, and of these only what was true. */
export function firedRules({ measure, trace }: Pick<MeasureFacts, 'measure' | 'trace'>): readonly RuleTraceJson[] {
  return trace.filter((rule) => rule.outcome === 'true' && measure.rules.includes(rule.id));
}

/** What spoke for the measure: the conditions of those rules that were true. */
function firedConditions(facts: Pick<MeasureFacts, 'measure' | 'trace'>): readonly ConditionTraceJson[] {
  return firedRules(facts).flatMap((rule) => rule.conditions.filter((line) => line.outcome === 'true'));
}

/**
 * Conditions whose events are told one by one: counts of conduct. Shares also name what conduct is compared with (all orders),
 * so they are looked at only where nothing is counted.
 */
function telling(facts: Pick<MeasureFacts, 'measure' | 'trace'>): readonly ConditionTraceJson[] {
  const lines = firedConditions(facts).filter(({ metric }) => !isKnown(metric) || isConduct(metric));
  const counts = lines.filter(({ unit }) => unit === 'count');
  return counts.length > 0 ? counts : lines;
}

/** What was measured and what counted: "12 of 20 orders", then each thing with its day, its order and its amount. */
export function evidenceSection(setting: Setting, facts: MeasureFacts): Section | null {
  const { language } = setting;
  const lines = telling(facts);
  const named = facts.trace.length === 0 ? facts.measure.evidence : lines.flatMap(({ evidence }) => evidence);
  const things = happenings(named, facts.events).map((thing) => asCounted(thing, lines));
  const shown = things.slice(0, MOST_NAMED);
  const cut = lines.some((line) => line.evidenceCount !== undefined);
  const count = cut ? Math.max(things.length, ...lines.map(countOf)) : things.length;
  const more = count - shown.length;
  const intro = more > 0 ? 'notices.evidence.intro' : 'notices.evidence.introAll';
  return section('evidence', say(language, 'notices.title.evidence'), [
    rowsBlock(distinct(firedConditions(facts)).map((line) => measuredRow(setting, line))),
    shown.length === 0 ? null : paragraph(say(language, intro, { count })),
    rowsBlock([...shown.map((thing) => thingRow(setting, thing, null)), ...moreRow(language, more)]),
  ]);
}

/** Labels that each metric counts, where a message may bear others that are not what the measure is about. */
const LABELS: Readonly<Partial<Record<MetricName, readonly string[]>>> = {
  abusive_messages: ['insult', 'harassment', 'hate'],
  abusive_message_rate: ['insult', 'harassment', 'hate'],
  threats_of_violence: ['threat_of_violence'],
  extortion_attempts: ['extortion'],
  legal_or_publicity_threats: ['threat_of_publicity', 'threat_of_legal_action'],
  legal_or_publicity_threat_rate: ['threat_of_publicity', 'threat_of_legal_action'],
  impossible_demands: ['impossible_demand'],
  impossible_demand_rate: ['impossible_demand'],
};

/** A message with only what counted about it: a notice does not reproach what was not the reason. */
function asCounted(thing: Happened, lines: readonly ConditionTraceJson[]): Happened {
  if (thing.what !== 'message' || lines.length === 0) return thing;
  const counted = new Set(lines.flatMap(({ metric }) => LABELS[metric] ?? []));
  return { ...thing, found: thing.found.filter((label) => counted.has(label)) };
}

/** What looked like it and was left out, each with the reason why; what also counted elsewhere is not among it. */
export function excludedSection(setting: Setting, facts: MeasureFacts): Section | null {
  const { language } = setting;
  const lines = telling(facts);
  const counted = new Set(
    happenings(
      lines.flatMap(({ evidence }) => evidence),
      facts.events,
    ).map(({ subject }) => subject),
  );
  const reasons = new Map(
    lines.flatMap((line) => line.excluded.map(({ event, because }) => [event, because] as const)),
  );
  const things = [...reasons].flatMap(([event, because]) =>
    happenings([event], facts.events).map((thing) => ({ thing: asCounted(thing, lines), because })),
  );
  const seen = new Set(counted);
  const left = things
    .filter(({ thing }) => (seen.has(thing.subject) ? false : seen.add(thing.subject)))
    .sort((a, b) => b.thing.at - a.thing.at);
  if (left.length === 0) return null;
  const shown = left.slice(0, MOST_LEFT_OUT);
  return section('excluded', say(language, 'notices.title.excluded'), [
    paragraph(say(language, 'notices.excluded.intro')),
    rowsBlock([
      ...shown.map(({ thing, because }) =>
        thingRow(setting, thing, say(language, `notices.excluded.because.${because}`)),
      ),
      ...moreRow(language, left.length - shown.length),
    ]),
  ]);
}

/** A thing that happened, as a row: its day, what it was, and what is known of it. */
export function thingRow(
  { language, shop }: { readonly language: Language; readonly shop: Pick<Setting['shop'], 'timeZone'> },
  thing: Happened,
  because: string | null,
): Row {
  const notes = [
    because,
    thing.order === null ? null : say(language, 'notices.evidence.order', { order: isolate(thing.order) }),
    thing.amount === null || thing.amount.amount === 0
      ? null
      : sayMoney(language, thing.amount.amount, thing.amount.currency),
    thing.reason === null
      ? null
      : say(language, 'notices.evidence.given', { reason: say(language, `policy.reason.${thing.reason}`) }),
    ...thing.found.map((key) => say(language, `notices.evidence.found.${key}`)),
  ].filter((note) => note !== null);
  return {
    label: sayDate(language, thing.at, shop.timeZone),
    value: say(language, `notices.evidence.what.${thing.what}`),
    ...(notes.length === 0 ? {} : { note: notes.join(' · ') }),
  };
}

function moreRow(language: Language, count: number): readonly Row[] {
  if (count <= 0) return [];
  return [
    {
      label: '…',
      value: say(language, 'notices.evidence.more', { count }),
    },
  ];
}

const rowsBlock = (rows: readonly Row[]): Block | null => (rows.length === 0 ? null : { kind: 'facts', rows });

const countOf = (line: ConditionTraceJson): number => line.evidenceCount ?? line.evidence.length;

/** The same metric over the same time, once. */
function distinct(lines: readonly ConditionTraceJson[]): readonly ConditionTraceJson[] {
  const seen = new Set<string>();
  return lines.filter((line) => {
    const key = `${line.metric} ${line.over ?? ''} ${line.settle} ${line.comparison} ${line.threshold}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/** "How much you sent back of what you bought: 62% (€310.00 of €500.00)", and beside it the limit in the rule. */
function measuredRow({ language, shop }: Setting, line: ConditionTraceJson): Row {
  const counted = line.unit === 'count' ? 'count' : 'measure';
  const amount = say(language, `policy.amount.${counted}.${line.comparison}`, {
    limit: amountIn(language, line.unit, line.threshold, shop.currency),
    count: line.threshold,
  });
  const window = line.over === null ? null : windowOf(line.over);
  return {
    label: labelOf(language, line),
    value: measuredIn(language, line, shop.currency),
    note:
      window === null
        ? say(language, 'notices.evidence.limit', { amount })
        : say(language, 'notices.evidence.limitOver', { amount, window }),
  };
}

/** The metric's name for customers; for a metric that is no more in the catalogue, its title of that time. */
function labelOf(language: Language, { metric, title }: ConditionTraceJson): string {
  const key = `notices.metric.${metric}`;
  return hasWords(language, key) ? say(language, key) : title;
}

function measuredIn(language: Language, line: ConditionTraceJson, currency: string): string {
  if (line.value === null) return say(language, 'notices.evidence.unknown');
  const value = amountIn(language, line.unit, towardsCustomer(line, line.value), currency);
  const { part, whole } = line;
  if (part === undefined || whole === undefined || line.unit !== 'share') return value;
  const said = (number: number) =>
    line.metric === 'return_rate_by_value' ? sayMoney(language, number, currency) : sayNumber(language, number);
  return say(language, 'notices.evidence.of', { value, part: said(part), whole: said(whole) });
}

/** One decimal of a percentage is enough, and it is rounded in the customer's favour as long as it stays on its side of the limit. */
function towardsCustomer({ unit, comparison, threshold }: ConditionTraceJson, value: number): number {
  if (unit !== 'share' && unit !== 'ratio') return value;
  const steps = unit === 'share' ? 1000 : 10;
  const up = comparison === 'at_most' || comparison === 'less_than';
  const rounded = (up ? Math.ceil(value * steps - 1e-9) : Math.floor(value * steps + 1e-9)) / steps;
  return up ? Math.min(rounded, Math.max(threshold, value)) : Math.max(rounded, Math.min(threshold, value));
}

/** A number of a metric's unit as people read it. */
export function amountIn(language: Language, unit: MetricUnit, value: number, currency: string): string {
  switch (unit) {
    case 'count':
    case 'ratio':
      return sayNumber(language, value);
    case 'share':
      return sayShare(language, value);
    case 'money':
      return sayMoney(language, value, currency);
    case 'days':
      return sayPeriod(language, days(Math.round(value)));
    default:
      return assertNever(unit);
  }
}

function windowOf(text: string): Period | null {
  const read = parsePeriod(text);
  return read.ok ? read.value : null;
}

const known: ReadonlySet<string> = new Set<MetricName>(metricNames);
/** A kept trace may be older than the catalogue. */
const isKnown = (metric: string): boolean => known.has(metric);
