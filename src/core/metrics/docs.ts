import { eventBodies } from '../events/event.ts';
import { assertNever } from '../shared/assert-never.ts';
import { metricFamilies } from './catalogue.ts';
import type { MetricDefinition } from './definition.ts';
import type { MetricUnit } from './types.ts';

const PREFACE = `# Metrics

What Evenhand can measure about a customer, exactly. A policy's conditions use these names. This page is written by the
program from its own catalogue; a test keeps the two the same.

## The window

A metric is measured at an instant, *now*, with a window and a settle delay. What counts is the half-open stretch

    (now − settle − window, now − settle]

so an event at its end counts, one at its beginning does not, and windows laid end to end count nothing twice. Without
a window the stretch begins with the customer's first event. Days are 24 hours; months are calendar months in UTC, and
where a month has no such day, its last millisecond stands for it. What happened within the settle delay is listed as
*not settled*. Events after *now* do not exist yet.

A fact counts from when it happened, not from when its outcome became known: an unfounded claim counts from the day it
was made. A share or ratio sets two numbers from the same stretch against each other, and is *unknown*, never zero, when
there is nothing to compare with. A condition on an unknown value is unknown itself, and a rule fires only on true.

## What never counts against a customer

Everything left out is listed with the reason, beside what counted.

- **The shop's own fault.** Returns and refunds for late arrival, a defect, a wrong article sent, goods not as
  described, damage in transit or missing parts, unless an inspection refuted that reason. Everything about an order in
  which the shop failed: one that was delayed, that the shop cancelled, about which a claim or complaint was found
  founded, whose dispute was lost for a reason that says the shop failed, or that staff marked so. An order the shop
  cancelled whole also leaves the totals that conduct is compared with. Violence, abuse and extortion are the exception:
  no failure of a shop excuses them.
- **Found justified.** Claims and complaints found founded; reviews assessed as fair.
- **Unresolved.** Claims, complaints and disputes still open, refunds for such claims, and returns that have not arrived.
- **Not confirmed by staff.** Messages that only a machine labelled.
- **Voided.** Events that staff or an upheld appeal struck out, and everything about an order struck out. The latest
  correction of an event holds, so striking out can be undone.
- **Left out by the policy.** Returns and refunds for reasons the policy itself leaves out.
- **Not settled.** What happened within the settle delay.

*For the fairness check* of a policy a metric is an absolute *count*, a *share* of the customer's own total, or neither. A rule that is not about grave conduct needs one of each. *Incident* marks
conduct that somebody has judged (an inspection, a finding, a label by staff, a bank), so that a single piece of it is an
incident; other conduct, such as sending back what one does not want, is a right, and only its measure can be too much.
`;

/** The page about all metrics, as Markdown. */
export function renderMetricsPage(): string {
  const parts = [PREFACE];
  for (const [family, metrics] of Object.entries(metricFamilies)) {
    parts.push(`## ${family}\n`);
    for (const metric of Object.values<MetricDefinition>(metrics)) parts.push(renderMetric(metric));
  }
  return parts.join('\n');
}

function renderMetric(metric: MetricDefinition): string {
  const rows = [
    ['Unit', unitInWords(metric.unit)],
    ['For the fairness check', metric.isCount ? 'count' : metric.isShare ? 'share' : 'neither'],
    ['Conduct', metric.incident ? 'yes; each is an incident' : metric.conduct ? 'yes' : 'no'],
    ['Window', metric.windowed ? 'as asked' : 'none: looks back to the first event'],
    ['Reads', readsInWords(metric)],
  ];
  const table = rows.map(([label, text]) => `| ${label} | ${text} |`).join('\n');
  return `### \`${metric.name}\`\n\n**${metric.title}.** ${metric.definition}\n\n| | |\n|---|---|\n${table}\n`;
}

function unitInWords(unit: MetricUnit): string {
  switch (unit) {
    case 'count':
      return 'a whole number';
    case 'share':
      return 'a share: 0.5 is 50 %';
    case 'money':
      return 'minor units of the shop’s currency: 1995 is 19.95 where it has two decimals';
    case 'days':
      return 'whole days, rounded down';
    case 'ratio':
      return 'how many per order';
    default:
      return assertNever(unit);
  }
}

function readsInWords({ reads }: MetricDefinition): string {
  const others = Object.keys(eventBodies).filter((kind) => kind !== 'event.corrected');
  return reads.length === others.length ? 'every kind of event' : reads.map((kind) => `\`${kind}\``).join(', ');
}
