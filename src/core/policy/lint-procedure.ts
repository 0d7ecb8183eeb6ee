import { appealWindow, complaintAnswer } from '../law/answers.ts';
import { sourceInWords } from '../law/law.ts';
import { approximateDays, formatPeriod } from '../shared/period.ts';
import type { LawAt, Say } from './lint.ts';
import type { ParsedPolicy } from './parse.ts';

const ANOTHER_PERSON = 'another person';

/** Rule 8, and what the law says about being heard. */
export function lintProcedure(parsed: ParsedPolicy, under: LawAt, say: Say): void {
  lintHearer(parsed, say);
  lintAppealWindow(parsed, under, say);
  lintAnswer(parsed, under, say);
}

function lintHearer(parsed: ParsedPolicy, say: Say): void {
  const by = parsed.document.procedure.answered_by;
  if (by === undefined)
    say(
      'warning',
      8,
      ['procedure'],
      `Say who hears appeals: add "answered_by: ${ANOTHER_PERSON}". It is so anyway, and customers should read it.`,
    );
  else if (by.trim().toLowerCase() !== ANOTHER_PERSON)
    say(
      'error',
      8,
      ['procedure', 'answered_by'],
      `An appeal is heard by ${ANOTHER_PERSON} than the one who decided: write "answered_by: ${ANOTHER_PERSON}".`,
    );
}

function lintAppealWindow({ policy }: ParsedPolicy, { law, at }: LawAt, say: Say): void {
  const path = ['procedure', 'appeal_within'];
  const { appealWithin } = policy.procedure;
  const least = appealWindow(law, appealWithin, at);
  if (least.entry !== null && approximateDays(least.value) > approximateDays(appealWithin))
    say(
      'error',
      8,
      path,
      `The law gives customers ${formatPeriod(least.value)} at least to complain about a decision (${sourceInWords(least.entry.source)}). Write "appeal_within: ${formatPeriod(least.value)}" or more.`,
    );
  else if (approximateDays(appealWithin) < 30)
    say(
      'error',
      8,
      path,
      'Less than 30 days is too short to appeal: people are on holiday, ill or upset. Give them 30 days at least; 6 months is usual.',
    );
}

function lintAnswer({ policy }: ParsedPolicy, { law, at }: LawAt, say: Say): void {
  const path = ['procedure', 'answer_within'];
  const { answerWithin } = policy.procedure;
  const legal = complaintAnswer(law, 'answered', at);
  if (legal !== null && approximateDays(answerWithin) > approximateDays(legal.value))
    say(
      'warning',
      8,
      path,
      `A complaint about a purchase must be answered within ${formatPeriod(legal.value)} (${sourceInWords(legal.entry.source)}). An appeal may hold such a complaint: answer appeals within that time too.`,
    );
  else if (approximateDays(answerWithin) > 31)
    say(
      'warning',
      8,
      path,
      'An appeal that waits longer than a month is hardly an appeal while the measure bites. Answer within 14 days if you can.',
    );
}
