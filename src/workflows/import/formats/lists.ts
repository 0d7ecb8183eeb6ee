import { guessType } from '../../../core/lists/guess.ts';
import { entryAnswers, entryTypes, listNames } from '../../../core/lists/types.ts';
import type { EntryWish } from '../../lists/wish.ts';
import type { Column, FileFormat, FormatReader, ReaderContext } from '../format.ts';
import { localTimeReader } from '../local-time.ts';
import { tableCheck, tableReader } from '../table.ts';

const columns = [
  { name: 'list', required: true, meaning: 'allow or deny.' },
  {
    name: 'type',
    required: false,
    meaning: 'email, external (customer number), phone, email_domain, name_address, ip or device. Guessed when empty.',
  },
  {
    name: 'value',
    required: true,
    meaning:
      'The address, number, domain, network or device; a name and address as "Name; street and number; postcode".',
  },
  { name: 'reason', required: true, meaning: 'Why. Colleagues read it, perhaps in a year.' },
  {
    name: 'until',
    required: false,
    meaning: "When it ends, within three years: 2026-12-31, on the shop's clocks. In a year when empty.",
  },
  {
    name: 'answer',
    required: false,
    meaning: 'challenge, review or deny, for the deny list. What is usual for the type when empty.',
  },
] as const satisfies readonly Column[];

type Name = (typeof columns)[number]['name'];

/** What the reports call entries that could not be taken. */
export const NOT_TAKEN = 'List entries that cannot be taken';

/** The lists themselves, as they are exported. */
export const listsCsv: FileFormat = {
  name: 'lists-csv',
  title: 'Lists (CSV)',
  summary: 'One row an entry of the allow or deny list: the file that Evenhand exports under Lists.',
  columns,
  exampleFile: 'lists.csv',
  check: () => tableCheck(columns),
  open: readLists,
};

function readLists({ sink, region, timeZone }: ReaderContext): FormatReader {
  const timeOf = localTimeReader(timeZone);
  return tableReader(columns, ({ places }) => ({
    row(fields, line) {
      const cell = (name: Name): string =>
        plainCell(fields[places[columns.findIndex((column) => column.name === name)] ?? -1]);
      const where = `line ${line}`;
      const skip = (what: string): void => sink.skip(NOT_TAKEN, where, what);
      const list = listNames.find((each) => each === cell('list').toLowerCase());
      if (list === undefined) return skip(`list must be one of ${listNames.join(', ')}`);
      const value = cell('value');
      if (value === '') return skip('value is missing');
      const typed = cell('type').toLowerCase();
      const type = typed === '' ? guessType(value, region) : (entryTypes.find((each) => each === typed) ?? null);
      if (type === null) return skip(`type must be one of ${entryTypes.join(', ')}`);
      const until = cell('until') === '' ? undefined : timeOf(cell('until'));
      if (until === null) return skip('until is not a day that exists, written like 2026-12-31');
      const answered = cell('answer').toLowerCase();
      const answer = entryAnswers.find((each) => each === answered);
      if (answered !== '' && answer === undefined) return skip(`answer must be one of ${entryAnswers.join(', ')}`);
      const wish: EntryWish = { list, type, value, reason: cell('reason'), until, answer };
      sink.entry(wish, where);
    },
    end: () => undefined,
  }));
}

/** Spreadsheets are kept from calculating with numbers by an apostrophe before them. */
export const plainCell = (text: string | undefined): string => (text ?? '').trim().replace(/^'/, '');
