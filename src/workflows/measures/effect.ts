import { type MeasureType, type Obligation, obligation, type Surface, surface } from '../../core/events/measures.ts';
import { rightsTaken, sourcesInWords } from '../../core/law/rights.ts';
import type { Law, RightTaken } from '../../core/law/types.ts';
import { didYouMean } from '../../core/policy/nearest.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import { invalid, type Refused } from '../desk/refused.ts';

/** What a measure does, as somebody wishes it: words that may not exist. */
export interface EffectWish {
  readonly type: MeasureType;
  readonly obligations: readonly string[];
  readonly surfaces: readonly string[];
}

/** What a measure does. */
export interface MeasureEffect {
  readonly type: MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
}

/** Reads what a measure is to do, each word once, or says which word is unknown or what is missing. */
export function readEffect(wish: EffectWish): Result<MeasureEffect, Refused> {
  const obligations = readWords('obligations', wish.obligations, obligation.options);
  if (!obligations.ok) return obligations;
  const surfaces = readWords('surfaces', wish.surfaces, surface.options);
  if (!surfaces.ok) return surfaces;
  const effect = { type: wish.type, obligations: obligations.value, surfaces: surfaces.value };
  const fault = faultOf(effect);
  return fault === null ? ok(effect) : err(fault);
}

function faultOf(effect: MeasureEffect): Refused | null {
  const { type, obligations, surfaces } = effect;
  switch (type) {
    case 'warning':
      if (obligations.length > 0) return invalid('obligations', 'must be empty: a warning demands nothing');
      return surfaces.length > 0 ? invalid('surfaces', 'must be empty: a warning stops nothing') : null;
    case 'restriction':
      if (obligations.length === 0) return invalid('obligations', 'is empty: say what the restriction demands');
      return surfaces.length > 0 && !obligations.includes('manual_review')
        ? invalid('surfaces', 'must be empty: only "manual_review" is told where it applies')
        : null;
    case 'block':
      return surfaces.length === 0 ? invalid('surfaces', 'is empty: say where the block applies') : null;
    default:
      return assertNever(type);
  }
}

/**
 * Why nobody may do this to a customer of the shop at that instant: it takes away what the law of the shop gives, or fairness rule
 * 6 of the house. Names the source. Null when it takes nothing.
 */
export function rightsFault(effect: MeasureEffect, law: Law, at: Instant): Refused | null {
  const taken = rightsTaken(law, effect, at);
  const [first] = taken;
  return first === undefined
    ? null
    : faultAt(
        first.by,
        taken.filter(({ by }) => by === first.by),
      );
}

function faultAt(by: Surface, taken: readonly RightTaken[]): Refused {
  const sources = sourcesInWords(taken);
  switch (by) {
    case 'return':
      return invalid(
        'surfaces',
        `must not hold "return": withdrawal and faulty-goods claims are rights that a blocked customer keeps (${sources}), so take a restriction with "returns_need_approval" instead`,
      );
    case 'contact':
      return invalid(
        'obligations',
        `must hold "official_channels_only" where contact is blocked: a way to claim, to ask for one’s data and to appeal stays open (${sources})`,
      );
    case 'login':
      return invalid(
        'surfaces',
        `must not hold "login": the withdrawal function stays open to every customer (${sources}). Block purchases instead, or say in the shop’s settings that it works without signing in`,
      );
    case 'purchase':
    case 'review':
      throw new Error(`No right is known that a block of ${by} takes`);
    default:
      return assertNever(by);
  }
}

function readWords<T extends string>(
  field: string,
  words: readonly string[],
  known: readonly T[],
): Result<readonly T[], Refused> {
  const read: T[] = [];
  for (const word of words) {
    const found = known.find((each) => each === word);
    if (found === undefined)
      return err(invalid(field, `holds "${word.slice(0, 80)}", which is not known here.${didYouMean(word, known)}`));
    if (!read.includes(found)) read.push(found);
  }
  return ok(read);
}
