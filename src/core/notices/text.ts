import { assertNever } from '../shared/assert-never.ts';
import { oneAfterAnother } from '../shared/words.ts';
import type { Block, NoticeDocument, Words } from './types.ts';

/** What stands below every message: who it is from and where to ask. */
export type Footer = readonly string[];

/** The notice as plain text: titles underlined, an empty line between all that belongs apart. */
export function renderText(document: NoticeDocument, footer: Footer = []): string {
  const parts = [
    document.lead,
    ...document.sections.flatMap(({ title, blocks }) => [
      ...(title === null ? [] : [`${title}\n${'-'.repeat(Math.min(title.length, 60))}`]),
      ...blocks.map(blockText),
    ]),
    ...(footer.length === 0 ? [] : [`-- \n${footer.join('\n')}`]),
  ];
  return `${directed(document, parts.join('\n\n'))}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wordsText(block.words);
    case 'quote':
      return block.words
        .flatMap(({ text }) => text.split('\n'))
        .map((line) => `> ${line}`)
        .join('\n');
    case 'list':
      return block.items.map((item) => `– ${wordsText(item)}`).join('\n');
    case 'facts':
      return block.rows
        .map(({ label, value, note }) => `– ${label}: ${value}${note === undefined ? '' : ` · ${note}`}`)
        .join('\n');
    case 'link':
      return `${block.text}:\n${block.href}`;
    default:
      return assertNever(block);
  }
}

const wordsText = (words: readonly Words[]): string => oneAfterAnother(words.map(({ text }) => text));

const ISOLATED = /\u2068([^\u2068\u2069]*)\u2069/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

/** Marks of direction stay where they are needed: some mail programs show them as boxes. */
function directed({ dir }: NoticeDocument, text: string): string {
  return text.replace(ISOLATED, (whole, inner: string) => (dir === 'rtl' || RIGHT_TO_LEFT.test(inner) ? whole : inner));
}
