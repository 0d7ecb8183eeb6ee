import type { Jurisdiction, Law, LawBook, LawEntry, LegalSource, ShopFacts } from './types.ts';
import { ordinaryShop } from './types.ts';

/**
 * The law that holds for a shop with these jurisdiction codes ("NL", "US-CA", "EU"; case does not matter). A country within a
 * wider jurisdiction brings that one's law with it. Codes for which nothing is known are listed, and nothing is assumed for them.
 */
export function lawOf(codes: readonly string[], book: LawBook, facts: ShopFacts = ordinaryShop): Law {
  const chains: Jurisdiction[][] = [];
  const partly: { code: string; as: Jurisdiction }[] = [];
  const unknown: string[] = [];
  for (const code of unique(codes.map((each) => each.toUpperCase()))) {
    const region = code.slice(0, 2);
    const own = book.find((each) => each.regions.includes(region));
    const wider = book.find((each) => each.members.includes(region));
    if (own !== undefined) chains.push(chainOf(own, book));
    else if (wider !== undefined) {
      partly.push({ code, as: wider });
      chains.push(chainOf(wider, book));
    } else unknown.push(code);
  }
  const entries = unique(chains.flatMap((chain) => standing(chain, (each) => each.entries)));
  return {
    facts,
    jurisdictions: unique([...chains.flatMap((chain) => chain.slice(0, 1)), ...chains.flat()]),
    partly,
    unknown,
    entries: entries.filter((entry) => binds(entry, facts)),
    onlyForPlatforms: entries.filter((entry) => !binds(entry, facts)),
    bodies: unique(chains.flatMap((chain) => standing(chain, (each) => each.bodies))),
    calendars: unique(chains.flatMap((chain) => chain.flatMap((each) => each.calendar ?? []).slice(0, 1))),
  };
}

/** Where nothing is known of the law: only the fairness rules of the house hold. */
export const noLaw: Law = lawOf([], []);

/** "Directive 2011/83/EU, art. 9": how a refusal names its source. */
export function sourceInWords({ act, article }: LegalSource): string {
  return `${act}, ${article}`;
}

/** What is wrong with a book as a whole, which no file shows by itself: where, and what to do. Empty when all is well. */
export function bookProblems(book: LawBook): readonly string[] {
  const problems: string[] = [];
  const claimed = new Map<string, string>();
  const claim = (what: string, file: string) => {
    const before = claimed.get(what);
    if (before !== undefined) problems.push(`${file}.json: ${what} is in ${before}.json already; give it once.`);
    claimed.set(what, file);
  };
  for (const jurisdiction of book) {
    const { code, within } = jurisdiction;
    claim(`the code "${code}"`, code);
    for (const region of jurisdiction.regions) claim(`the region "${region}"`, code);
    const wider = within === undefined ? [] : book.filter((each) => each.code === within);
    if (within !== undefined && wider.length === 0)
      problems.push(
        `${code}.json: "within" names "${within}", which has no file; add ${within}.json or remove "within".`,
      );
    for (const each of wider)
      if (each.within !== undefined)
        problems.push(`${code}.json: "within" names "${within}", which lies within another itself; name the widest.`);
    if (within === undefined && jurisdiction.calendar === undefined)
      problems.push(`${code}.json: has no "calendar"; say which days are worked.`);
    for (const list of ['entries', 'bodies'] as const)
      for (const { id, replaces } of jurisdiction[list]) {
        claim(`the id "${id}"`, code);
        if (!id.startsWith(`${code}_`)) problems.push(`${code}.json: the id "${id}" must begin with "${code}_".`);
        const known = wider.flatMap((each) => each[list].map((other) => other.id));
        for (const other of replaces)
          if (!known.includes(other))
            problems.push(
              `${code}.json: "${id}" replaces "${other}", which is not in the jurisdiction it lies within.`,
            );
      }
  }
  return problems;
}

function binds(entry: LawEntry, facts: ShopFacts): boolean {
  return entry.applies === 'every_shop' || facts.onlinePlatform;
}

function chainOf(jurisdiction: Jurisdiction, book: LawBook): Jurisdiction[] {
  const wider = book.find((each) => each.code === jurisdiction.within);
  return wider === undefined ? [jurisdiction] : [jurisdiction, wider];
}

/** What of a chain's lists still stands: nothing that a narrower jurisdiction replaces. */
function standing<T extends { readonly id: string; readonly replaces: readonly string[] }>(
  chain: readonly Jurisdiction[],
  list: (jurisdiction: Jurisdiction) => readonly T[],
): T[] {
  const all = chain.flatMap(list);
  const replaced = new Set(all.flatMap((each) => each.replaces));
  return all.filter((each) => !replaced.has(each.id));
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
