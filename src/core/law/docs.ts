import type { Language } from '../shared/words.ts';
import { type LawPagePlace, lawPage } from './page.ts';
import type { LawBook } from './types.ts';

const PREFACE = `This page is written by the program from \`jurisdictions/*.json\`; a test keeps the two the same. A running installation
shows it at \`/docs/law\` in the reader's language, and each shop's own part under Settings → Shop.

## How it is used

- The policy linter (\`evenhand policy check FILE --jurisdiction nl\`, and the editor in the console) and whoever publishes a
  policy are told what the law of the shop refuses, with its source.
- A measure that somebody takes, and a proposal that somebody approves or softens, is refused where it takes away a right that
  the law gives. Where no law known here gives it, fairness rule 6 of the house refuses it all the same: nobody may block
  returns, or all contact.
- Where several places apply, the bound that is kinder to the customer wins.
- Deadlines are counted in the working days of these places, and end with a working day.

## Adding a place

Add \`jurisdictions/<code>.json\` and the sentences it names to \`languages/<language>/words/law.json\` (what a language lacks is said
in English). A file that lies \`within\` another holds differences only, and says with \`replaces\` which entry it stands in for.
The files are checked at start, and the first fault is named with its file and place. Check each line against its source, and
write the day you did so as \`checked\`.
`;

/** The page about the law, as Markdown. */
export function renderLawPage(book: LawBook, language: Language): string {
  const { title, intro, notAdvice, bodiesHeading, places } = lawPage(book, language);
  return [
    `# ${title}\n`,
    `${intro}\n`,
    `**${notAdvice}**\n`,
    PREFACE,
    ...places.map((place) => renderPlace(place, bodiesHeading)),
  ].join('\n');
}

function renderPlace({ name, notes, entries, bodies }: LawPagePlace, bodiesHeading: string): string {
  const lines = entries.map(
    ({ topic, sentence, source, facts }) =>
      `**${topic}.** ${sentence}  \n[${source.words}](${source.url}) · ${facts.join(' · ')}\n`,
  );
  const next = bodies.map((body) => `- [${body.name}](${body.url}): ${body.sentence}`);
  return [`## ${name}\n`, ...notes.map((note) => `${note}\n`), ...lines, `### ${bodiesHeading}\n`, ...next, ''].join(
    '\n',
  );
}
