import { type MeasureType, type Obligation, obligation, type Surface, surface } from '../../core/events/measures.ts';
import { didYouMean } from '../../core/policy/nearest.ts';
import { rightsTaken } from '../../core/policy/rights.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
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
      return surfaces.length === 0 ? invalid('surfaces', 'is empty: say where the block applies') : rightsFault(effect);
    default:
      return assertNever(type);
  }
}

/** A person may take no more from a customer than a policy may. */
function rightsFault({ surfaces, obligations }: MeasureEffect): Refused | null {
  const [taken] = rightsTaken(surfaces, obligations);
  switch (taken) {
    case undefined:
      return null;
    case 'return':
      return invalid(
        'surfaces',
        'must not hold "return": withdrawal and faulty-goods claims are rights that a blocked customer keeps, so take a restriction with "returns_need_approval" instead',
      );
    case 'contact':
      return invalid(
        'obligations',
        'must hold "official_channels_only" where contact is blocked: a way to claim, to ask for one’s data and to appeal stays open',
      );
    default:
      return assertNever(taken);
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
