import type { FairnessRule } from './problem.ts';

interface Refused {
  readonly rule: FairnessRule;
  readonly words: readonly string[];
  readonly because: string;
}

/**
 * Words that authors reach for and that a fair policy has no place for, as the name of a metric, a key or a list entry.
 * They are unknown words anyway; naming the reason is what this table is for.
 */
const refused: readonly Refused[] = [
  {
    rule: 10,
    words: [
      'country',
      'nationality',
      'citizenship',
      'passport',
      'residence',
      'region',
      'postcode',
      'postal_code',
      'zip',
      'zip_code',
      'city',
      'neighbourhood',
      'district',
      'origin',
      'birthplace',
      'ethnicity',
      'race',
      'skin',
      'colour',
      'color',
      'tribe',
      'caste',
      'language',
      'locale',
      'accent',
      'religion',
      'faith',
      'church',
      'belief',
      'sex',
      'gender',
      'pronoun',
      'sexual_orientation',
      'sexuality',
      'age',
      'birthday',
      'birth',
      'born',
      'date_of_birth',
      'disability',
      'disabled',
      'health',
      'pregnancy',
      'pregnant',
      'marital_status',
      'family',
      'political',
      'politics',
      'union',
      'surname',
      'first_name',
      'last_name',
      'name_origin',
      'refugee',
      'immigrant',
      'foreign',
      'foreigner',
      'income',
      'ip_country',
      'shipping_country',
      'billing_country',
      'currency_of_customer',
    ],
    because:
      'judges people by who they are, not by what they did. Where somebody comes from, lives, what they speak, believe or are can never be a condition',
  },
  {
    rule: 2,
    words: [
      'count_shop_faults',
      'include_shop_faults',
      'shop_fault',
      'shop_faults',
      'include',
      'include_reasons',
      'put_back',
      'count_reasons',
      'count_defects',
      'count_all',
      'only_reasons',
      'reasons',
    ],
    because:
      'would count what was the shop’s own fault. Defects, wrong items, late and damaged parcels never count against a customer',
  },
  {
    rule: 5,
    words: [
      'automatic',
      'automatically',
      'auto',
      'auto_approve',
      'decided_by',
      'no_review',
      'immediately',
      'without_person',
      'approve',
    ],
    because:
      'would let a machine decide. The policy proposes; a person decides everything that significantly affects a customer',
  },
  {
    rule: 9,
    words: ['permanent', 'permanently', 'forever', 'indefinite', 'indefinitely', 'lifetime', 'no_end', 'never_ends'],
    because: 'would never end. Every measure has an end: write "for:" with a period of at most 3 years',
  },
  {
    rule: 4,
    words: ['skip_warning', 'no_warning', 'skip_steps', 'start_at', 'starts_at'],
    because:
      'would pass over the warning. Only grave conduct may, by "grave_starts_at" on the ladder, which names the reason',
  },
  {
    rule: 7,
    words: ['silent', 'secret', 'hidden', 'hide', 'no_reasons', 'shadow_ban', 'do_not_tell', 'internal'],
    because: 'would act without telling the customer. Whoever is affected is told what was decided and why',
  },
  {
    rule: 8,
    words: ['no_appeal', 'final', 'appealable', 'can_appeal', 'appeals'],
    because:
      'would take the appeal away or bend it. Every measure can be appealed, and another person hears the appeal',
  },
];

/** Why a word has no place in a policy; null when it is merely unknown. */
export function whyRefused(word: string): { readonly rule: FairnessRule; readonly because: string } | null {
  const plain = word
    .toLowerCase()
    .trim()
    .replace(/[-\s]+/g, '_');
  for (const entry of refused) {
    const byPart = entry.rule === 10 && plain.split('_').some((part) => entry.words.includes(part));
    if (byPart || entry.words.includes(plain)) return { rule: entry.rule, because: entry.because };
  }
  return null;
}

const GROUPS =
  /\b(nationalit\w*|religio\w*|ethnic\w*|foreigners?|immigrants?|refugees?|asylum\w*|muslims?|jews?|jewish|christians?|hindus?|women|females?|gender|disabled|handicapped|elderly|pensioners?|homosexuals?|gays?|transgender|gypsies|roma)\b/i;
const INSULTS =
  /\b(fraudsters?|scammers?|thie(f|ves)|criminals?|liars?|cheats?|crooks?|parasites?|idiots?|stupid|freeloaders?|leech(es)?|greedy|lazy|shameless|dishonest|insane|crazy|psycho\w*|trash|scum)\b/i;

/** A group of people named in a text: not forbidden in itself, but worth a second look. */
export function groupNamedIn(text: string): string | null {
  return GROUPS.exec(text)?.[0] ?? null;
}

/** A word that accuses or insults, which a sentence to a customer must not hold. */
export function insultIn(text: string): string | null {
  return INSULTS.exec(text)?.[0] ?? null;
}
