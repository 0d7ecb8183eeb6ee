import { assertNever } from '../shared/assert-never.ts';
import { days } from '../shared/period.ts';
import { type Language, say, type WordValues } from '../shared/words.ts';
import { periodOf } from './answers.ts';
import type { LawBody, LawEntry, LegalPeriod } from './types.ts';

/** What an entry says, as a plain sentence or a few. */
export function sayEntry(language: Language, entry: LawEntry): string {
  return say(language, `law.sentences.${entry.sentence}`, valuesOf(entry));
}

/** What a body does for a customer, as a plain sentence. */
export function sayBody(language: Language, body: LawBody): string {
  return say(language, `law.bodies.${body.sentence}`);
}

function valuesOf(entry: LawEntry): WordValues {
  switch (entry.topic) {
    case 'withdrawal': {
      const { days: count, refundDays } = entry.parameters;
      return { days: days(count), ...(refundDays === null ? {} : { refund: days(refundDays) }) };
    }
    case 'delivery':
      return { days: days(entry.parameters.days) };
    case 'guarantee':
    case 'complaint_answer':
    case 'access':
    case 'erasure':
      return within(entry.parameters.within);
    case 'complaints':
      return { open: periodOf(entry.parameters.open) };
    case 'retention':
      return entry.parameters.claimsYears === null ? {} : { count: entry.parameters.claimsYears };
    case 'worn_goods':
    case 'withdrawal_function':
    case 'human_decision':
    case 'prior_warning':
    case 'circumstances':
    case 'reasons':
    case 'reviews':
    case 'contact':
    case 'no_such_rule':
      return {};
    default:
      return assertNever(entry);
  }
}

const within = (period: LegalPeriod): WordValues => (period === null ? {} : { within: periodOf(period) });
