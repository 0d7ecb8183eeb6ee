import type { CustomerRow, EvidenceEntry, MeasureView, TimelineEntry } from '../../contracts/customers.ts';
import type { ImportRunView } from '../../contracts/imports.ts';
import { importFormat } from '../../contracts/imports.ts';
import type { HomeChange, ProposalRow } from '../../contracts/review.ts';
import type { Obligation } from '../../core/events/measures.ts';
import { policyIn } from '../../core/policy/own-texts.ts';
import { sayMetric, sayObligation } from '../../core/policy/say.ts';
import type { ConditionTraceJson, RuleTraceJson } from '../../core/policy/trace-json.ts';
import type { Policy } from '../../core/policy/types.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type {
  Change,
  CustomerListing,
  ImportListing,
  MeasureListing,
  ProposalListing,
  TimelineRow,
} from '../../ports/console.ts';
import type { Evidence } from '../../workflows/console/proposal-page.ts';
import type { ProblemWords } from '../problem-words.ts';

/** What the server knows, in the words of the contract. */

export const atOrNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

/** Who reads an answer: the language, and the shop's policy with its own texts in that language. */
export interface Reader {
  readonly language: Language;
  readonly policy: Policy;
  readonly written: Policy;
}

export const readerOf = (language: Language, policy: Policy): Reader => ({
  language,
  policy: policyIn(policy, language.code),
  written: policy,
});

export const obligationView = (name: Obligation, language: Language) => ({
  name,
  words: sayObligation(language, name),
});

export function customerRow(customer: CustomerListing): CustomerRow {
  return {
    id: customer.id,
    name: customer.name,
    externalId: customer.externalId,
    standing: customer.standing,
    standingSince: atOrNull(customer.standingSince),
    standingUntil: atOrNull(customer.standingUntil),
    orders: customer.orders,
    orderedValue: customer.orderedValue,
    returns: customer.returns,
    returnedValue: customer.returnedValue,
    returnShare: customer.orderedValue > 0 ? customer.returnedValue / customer.orderedValue : null,
    firstAt: formatInstant(customer.firstAt),
    lastAt: formatInstant(customer.lastAt),
    openProposal: customer.openProposal,
  };
}

/** An event for the reader. What the service itself remarked beside it is in their language; what people wrote is as they wrote it. */
export function timelineEntry(row: TimelineRow, remarks: ProblemWords, language: Language): TimelineEntry {
  return {
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    occurredAt: formatInstant(row.occurredAt),
    recordedAt: formatInstant(row.recordedAt),
    source: row.source,
    body: { ...row.body },
    text: row.text === null || row.by !== null ? row.text : remarks.say(language, row.text),
    by: row.by,
    corrected: row.corrected,
  };
}

export function evidenceEntry(row: Evidence, remarks: ProblemWords, language: Language): EvidenceEntry {
  return {
    ...timelineEntry(row, remarks, language),
    outcomes: row.outcomes.map((each) => ({
      kind: each.kind,
      occurredAt: formatInstant(each.occurredAt),
      body: { ...each.body },
    })),
  };
}

/** Rules keep their id where the policy in force has no such rule (any more). */
export function ruleTitle(policy: Policy, id: string): string {
  return policy.rules.find((rule) => rule.id === id)?.title ?? id;
}

export const ruleNames = (policy: Policy, ids: readonly string[]) =>
  ids.map((id) => ({ id, title: ruleTitle(policy, id) }));

export function measureView(measure: MeasureListing, { language, policy }: Reader): MeasureView {
  return {
    id: measure.id,
    customer: measure.face,
    type: measure.type,
    state: measure.state,
    obligations: measure.obligations.map((name) => obligationView(name, language)),
    surfaces: [...measure.surfaces],
    ladder: measure.ladder,
    step: measure.step,
    rules: ruleNames(policy, measure.rules),
    policyVersion: measure.policyVersion,
    startedAt: formatInstant(measure.startedAt),
    until: formatInstant(measure.until),
    endedAt: atOrNull(measure.endedAt),
    endedBecause: measure.endedBecause,
  };
}

export function proposalRow(proposal: ProposalListing, secondApprovalForBlocks: boolean, reader: Reader): ProposalRow {
  const weightiest = weightiestOf(proposal.trace);
  return {
    id: proposal.id,
    customer: proposal.face,
    status: proposal.status,
    type: proposal.type,
    gravity: proposal.gravity,
    title: (weightiest && traceTexts(weightiest, reader).title) ?? proposal.rules[0] ?? proposal.ladder,
    headline: weightiest === undefined ? null : headlineOf(weightiest),
    ladder: proposal.ladder,
    step: proposal.step,
    openedAt: formatInstant(proposal.openedAt),
    decidedAt: atOrNull(proposal.decidedAt),
    decidedBy: proposal.decidedBy,
    colleague: proposal.colleague,
    needsSecond: secondApprovalForBlocks && proposal.type === 'block',
    firstApprover: proposal.firstApprover,
  };
}

/**
 * A rule's texts as they were when it was judged, in the reader's language where the policy in force has the very same texts
 * and translates them.
 */
function traceTexts({ id, title, because, advice }: RuleTraceJson, { policy, written }: Reader) {
  const then = { title, because, advice };
  const [was, is] = [written, policy].map(({ rules }) => rules.find((rule) => rule.id === id));
  if (was === undefined || is === undefined) return then;
  return {
    title: was.title === title ? is.title : title,
    because: was.because === because ? is.because : because,
    advice: was.advice === advice ? is.advice : advice,
  };
}

/** A judged rule for the reader: its texts and the names of its metrics in their language. */
export function traceView(trace: RuleTraceJson, reader: Reader): RuleTraceJson {
  const conditions = trace.conditions.map((each) => conditionView(each, reader));
  return { ...trace, ...traceTexts(trace, reader), conditions };
}

export function conditionView(condition: ConditionTraceJson, { language }: Reader): ConditionTraceJson {
  return { ...condition, title: sayMetric(language, condition.metric) };
}

const WEIGHT = { grave: 0, serious: 1, minor: 2 } as const;

export function weightiestOf(traces: readonly RuleTraceJson[]): RuleTraceJson | undefined {
  return traces.filter((trace) => trace.outcome === 'true').sort((a, b) => WEIGHT[a.gravity] - WEIGHT[b.gravity])[0];
}

/** Of the conditions that hold, the share says most, then what money it was, then how often. */
const SAYS_MOST = ['share', 'ratio', 'money', 'count', 'days'] as const;

function headlineOf(trace: RuleTraceJson): ProposalRow['headline'] {
  const [line] = trace.conditions
    .filter(
      ({ outcome, comparison }) => outcome === 'true' && (comparison === 'at_least' || comparison === 'more_than'),
    )
    .sort((a, b) => SAYS_MOST.indexOf(a.unit) - SAYS_MOST.indexOf(b.unit));
  if (line === undefined) return null;
  return { metric: line.metric, unit: line.unit, value: line.value, threshold: line.threshold };
}

export function changeView(change: Change, policy: Policy): HomeChange {
  const [rule] = change.rules;
  return {
    at: formatInstant(change.at),
    kind: change.what,
    type: change.type,
    endedBecause: change.endedBecause,
    until: formatInstant(change.until),
    rule: rule === undefined ? null : { id: rule, title: ruleTitle(policy, rule) },
    customer: change.face,
    by: change.by,
  };
}

/** A run for the reader: what was left out and what went wrong in their language, where it is known in it. */
export function importView(run: ImportListing, words: ProblemWords, language: Language): ImportRunView {
  const said = (text: string) => words.say(language, text);
  return {
    id: run.id,
    format: importFormat.parse(run.format),
    fileName: run.fileName,
    status: run.status,
    startedAt: formatInstant(run.startedAt),
    finishedAt: atOrNull(run.finishedAt),
    bytesTotal: run.bytesTotal,
    bytesRead: run.bytesRead,
    rowsRead: run.rowsRead,
    added: run.added,
    known: run.known,
    conflicts: run.conflicts,
    skipped: run.skipped.map(({ reason, count, examples }) => ({
      reason: said(reason),
      count,
      examples: examples.map(({ where, what }) => ({ where: said(where), what: said(what) })),
    })),
    error: run.error === null ? null : said(run.error),
    startedBy: run.startedBy,
  };
}
