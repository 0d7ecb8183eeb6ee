import type { Prose } from '../../../../contracts/policy.ts';

type Section = Prose['sections'][number];

export type ProseChange =
  | {
      readonly about: 'rule' | 'ladder' | 'live';
      readonly what: 'added' | 'removed' | 'changed';
      readonly title: string;
    }
  | { readonly about: 'procedure' | 'rights' | 'introduction' };

/** What differs between two policies as people read them, section by section. */
export function proseChanges(before: Prose, after: Prose): ProseChange[] {
  const changes: ProseChange[] = [];
  if (before.title !== after.title || before.introduction !== after.introduction)
    changes.push({ about: 'introduction' });
  const key = (section: Section) => `${section.kind} ${section.id}`;
  const was = new Map(before.sections.map((section) => [key(section), section]));
  const is = new Map(after.sections.map((section) => [key(section), section]));
  for (const [name, section] of is) {
    const old = was.get(name);
    if (old === undefined) changes.push(change(section, 'added'));
    else if (!reads(old, section)) changes.push(change(section, 'changed'));
  }
  for (const [name, section] of was) if (!is.has(name)) changes.push(change(section, 'removed'));
  return changes;
}

function reads(a: Section, b: Section): boolean {
  return a.title === b.title && a.sentences.join('\n') === b.sentences.join('\n');
}

function change(section: Section, what: 'added' | 'removed' | 'changed'): ProseChange {
  return section.kind === 'rule' || section.kind === 'ladder' || section.kind === 'live'
    ? { about: section.kind, what, title: section.title }
    : { about: section.kind };
}
