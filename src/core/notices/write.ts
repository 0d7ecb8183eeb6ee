import type { OwnText } from '../policy/sentence.ts';
import type { Language } from '../shared/words.ts';
import type { Block, NoticeDocument, SectionId, Words } from './types.ts';

export type Section = NoticeDocument['sections'][number];

const FSI = '\u2068';
const PDI = '\u2069';

/** Text whose direction may differ from what stands around it (an order number, an address): set apart for both renderings. */
export const isolate = (text: string): string => `${FSI}${undirected(text)}${PDI}`;

/** Text from outside without marks of direction of its own, which could turn round what stands beside it. */
export const undirected = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

/** What somebody wrote, as they wrote it. */
export const quoted = (text: string): Block => ({ kind: 'quote', words: [{ text: undirected(text).trim() }] });

export const paragraph = (...texts: readonly string[]): Block => ({
  kind: 'paragraph',
  words: texts.map((text) => ({ text })),
});

export const list = (items: readonly (readonly Words[])[]): Block => ({ kind: 'list', items });

export const link = (text: string, href: string, primary = false): Block => ({ kind: 'link', text, href, primary });

export const plain = (text: string): Words => ({ text });

/** The shop's own words, marked where they are not in the notice's language. */
export function own({ text, language }: OwnText, reader: Language): Words {
  return language === reader.code ? { text: text.trim() } : { text: text.trim(), lang: language };
}

/** Words that somebody wrote freely, in whatever language: a paragraph for each part between empty lines. */
export function written(text: string): readonly Block[] {
  return undirected(text)
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ({ kind: 'paragraph', words: [{ text: part }] }));
}

/** A section; null where it would say nothing. */
export function section(id: SectionId, title: string | null, blocks: readonly (Block | null)[]): Section | null {
  const said = blocks.filter((block) => block !== null);
  return said.length === 0 ? null : { id, title, blocks: said };
}

/** A document of the sections that say something. */
export function document(
  kind: NoticeDocument['kind'],
  language: Language,
  subject: string,
  lead: string,
  sections: readonly (Section | null)[],
): NoticeDocument {
  return {
    kind,
    language: language.code,
    dir: language.dir,
    subject,
    lead,
    sections: sections.filter((each) => each !== null),
  };
}
