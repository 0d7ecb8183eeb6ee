import { measureType } from '../../../core/events/measures.ts';
import { readSubject } from '../../intake/subject.ts';
import type { Column, FileFormat, FormatReader, ReaderContext } from '../format.ts';
import { localTimeReader } from '../local-time.ts';
import { tableCheck, tableReader } from '../table.ts';

const columns = [
  { name: 'customer', required: false, meaning: "The customer's number. It or the e-mail address must be there." },
  {
    name: 'email',
    required: false,
    meaning: "The customer's e-mail address. A telephone number is not enough: people share them.",
  },
  { name: 'type', required: true, meaning: 'warning, restriction or block.' },
  {
    name: 'surfaces',
    required: false,
    meaning: 'Where a block applies, with spaces between: purchase contact review login.',
  },
  {
    name: 'obligations',
    required: false,
    meaning: 'What a restriction demands, with spaces between: prepayment_only returns_need_photos.',
  },
  {
    name: 'until',
    required: true,
    meaning: "When it ends, within three years: 2026-12-31, on the shop's clocks. Nothing lasts for ever.",
  },
  { name: 'reason', required: true, meaning: 'Why. The customer reads it, in the message that each of them gets.' },
] as const satisfies readonly Column[];

type Name = (typeof columns)[number]['name'];

/**
 * Measures that a shop kept elsewhere: a list of blocked customers, or those of another installation. Whoever imports them takes each by
 * their own judgement, as if they did it in the console: with a reason and an end, told to the customer, open to appeal.
 */
export const measuresCsv: FileFormat = {
  name: 'measures-csv',
  title: 'Measures (CSV)',
  summary: 'One row a measure that you answer for. Each customer is told why and until when, and may object.',
  columns,
  exampleFile: 'measures.csv',
  check: () => tableCheck(columns),
  open: readMeasures,
};

function readMeasures({ sink, region, timeZone }: ReaderContext): FormatReader {
  const timeOf = localTimeReader(timeZone);
  return tableReader(columns, ({ places }) => ({
    row(fields, line) {
      const cell = (name: Name): string =>
        (fields[places[columns.findIndex((column) => column.name === name)] ?? -1] ?? '').trim();
      const where = `line ${line}`;
      const skip = (what: string): void => sink.skip('Measures that cannot be taken', where, what);
      const [externalId, email] = [cell('customer'), cell('email')];
      if (externalId === '' && email === '') return skip('one of customer and email must be there');
      const subject = readSubject(
        { ...(externalId === '' ? {} : { externalId }), ...(email === '' ? {} : { email }) },
        region,
      );
      if (!subject.ok) return skip(`${subject.error.field.replace('customer.', '')} ${subject.error.message}`);
      const type = measureType.safeParse(cell('type').toLowerCase());
      if (!type.success) return skip(`type must be one of ${measureType.options.join(', ')}`);
      const until = timeOf(cell('until'));
      if (until === null) return skip('until is not a day that exists, written like 2026-12-31');
      const reason = cell('reason');
      if (reason.length < 3 || reason.length > 1_000)
        return skip('reason must have 3 to 1,000 characters: the customer reads it');
      sink.measure(
        {
          subject: subject.value,
          wish: {
            type: type.data,
            surfaces: words(cell('surfaces')),
            obligations: words(cell('obligations')),
            until,
            reason,
            evidence: [],
          },
        },
        where,
      );
    },
    end: () => undefined,
  }));
}

const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[\s,;|]+/)
    .filter((word) => word !== '');
