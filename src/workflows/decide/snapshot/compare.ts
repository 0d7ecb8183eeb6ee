import { acts } from '../../../core/decisions/decide.ts';
import type { DecisionRequest } from '../../../core/decisions/types.ts';
import type { Finding } from './found.ts';
import type { HeldLikenesses } from './reader.ts';
import type { Snapshot } from './snapshot.ts';
import type { Told } from './told.ts';

/**
 * Compares whoever asks with measured customers and adds whom they resemble; not where something of their own acts at the surface already,
 * except to find out whether they only live with somebody whom their phone leads to. A warning, or a measure elsewhere, spares nobody.
 */
export function compare(
  likenesses: HeldLikenesses | null,
  { measured }: Pick<Snapshot, 'measured'>,
  { told, hashes, request }: { told: Told; hashes: () => readonly string[]; request: DecisionRequest },
  finding: Finding,
): void {
  if (likenesses === null || likenesses.size === 0 || finding.allowListed) return;
  const acting = finding.measures.some((measure) => acts(measure, request));
  if (acting && finding.byPhoneAlone.length === 0) return;
  const matches = likenesses.match(told, hashes);
  if (matches.length === 0) return;
  const alike = matches.flatMap(({ customer, klass }) => {
    const known = measured.get(customer);
    // Everybody resembles themselves.
    if (known === null || finding.measures.some(({ id }) => known.measures.some((theirs) => theirs.id === id)))
      return [];
    if (klass !== 'household') return [{ customer, measures: known.measures, klass }];
    finding.household(known.measures);
    return [];
  });
  if (!acting) finding.alike(alike);
}
