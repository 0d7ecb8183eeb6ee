import { reportedEvents } from '../../../core/events/event.ts';
import { returnReason } from '../../../core/events/values.ts';
import { currencyExponent, isCurrency, type Money } from '../../../core/shared/money.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { OfferedEvent, Subject } from '../../../ports/ledger.ts';
import { explain } from '../../intake/explain.ts';
import { unconvertible } from '../../intake/incoming.ts';
import { readSubject } from '../../intake/subject.ts';
import { ExactTotal, readPrice } from '../exact-total.ts';
import type { Column, FileFormat, FormatReader, ReaderContext } from '../format.ts';
import { Gathering } from '../gathering.ts';
import { localTimeReader } from '../local-time.ts';
import { tableCheck, tableReader } from '../table.ts';

const SOURCE = 'orders-csv';
const SKEW_MS = 86_400_000;

const columns = [
  {
    name: 'order',
    required: true,
    meaning: 'Order number. Rows with the same number are one order; on a return or refund, the order it belongs to.',
  },
  {
    name: 'date',
    required: true,
    meaning: "2026-03-01 or 2026-03-01 14:30 on the shop's clocks, or with a zone: 2026-03-01T14:30:00Z.",
  },
  { name: 'article', required: true, meaning: 'Article number. May be empty on a refund.' },
  { name: 'quantity', required: true, meaning: 'Whole number above zero. 1 on a refund.' },
  {
    name: 'unit_price',
    required: true,
    meaning:
      'Price of one, or the amount of a refund: 19.95 (19,95 in files with semicolons). May have more decimals than the currency.',
  },
  {
    name: 'customer',
    required: false,
    meaning: "The customer's number. At least one of customer, email, phone must be there.",
  },
  { name: 'email', required: false, meaning: "The customer's e-mail address." },
  { name: 'phone', required: false, meaning: "The customer's phone number." },
  { name: 'name', required: false, meaning: "The customer's name." },
  { name: 'type', required: false, meaning: 'order (when empty), return or refund.' },
  {
    name: 'return',
    required: false,
    meaning: 'Return or refund number; rows with the same number are one return. When empty: order number and date.',
  },
  {
    name: 'reason',
    required: false,
    meaning: `Why goods came back or money went back: ${returnReason.options.join(', ')}.`,
  },
  {
    name: 'goods_back',
    required: false,
    meaning: 'yes or no, on a refund: whether the goods came back. No when empty.',
  },
  { name: 'variant', required: false, meaning: 'Size or colour.' },
  { name: 'title', required: false, meaning: 'The article in words.' },
  { name: 'currency', required: false, meaning: "ISO 4217 code; the shop's currency when empty." },
  { name: 'rate', required: false, meaning: 'Shop currency per one unit of another currency, on that day.' },
  { name: 'payment', required: false, meaning: 'prepaid, card, invoice, cash_on_delivery or other.' },
] as const satisfies readonly Column[];

type ColumnName = (typeof columns)[number]['name'];
type Row = Readonly<Record<ColumnName, string>>;

/** What a shop owner can make from a spreadsheet. */
export const ordersCsv: FileFormat = {
  name: 'orders-csv',
  title: 'Orders (CSV)',
  summary: 'One row a line of an order, return or refund; easily made from a spreadsheet. Comma, semicolon or tab.',
  columns,
  exampleFile: 'orders.csv',
  check: () => tableCheck(columns),
  open: readOrders,
};

type RowType = 'order' | 'return' | 'refund';

interface Entry {
  readonly type: RowType;
  readonly reference: string;
  readonly row: Row;
  readonly firstLine: number;
  readonly lines: Record<string, unknown>[];
  readonly total: ExactTotal;
  rows: number;
  fault: string | null;
}

function readOrders(context: ReaderContext): FormatReader {
  const { sink, now } = context;
  const timeOf = localTimeReader(context.timeZone);

  const finish = (entry: Entry): void => {
    const where = `${entry.type} ${entry.reference}, line ${entry.firstLine}`;
    const event = entry.fault === null ? toEvent(entry) : entry.fault;
    if (typeof event === 'string')
      sink.skip('Orders, returns and refunds that cannot be read, left out whole', where, event, entry.rows);
    else sink.offer(event, where);
  };

  /** The event, or what is wrong with the entry; said with a line only where it is not the first, which stands before it. */
  const toEvent = (entry: Entry): OfferedEvent | string => {
    const { row } = entry;
    const at = timeOf(row.date);
    if (at === null) return 'date is not a day that exists, written like 2026-03-01 or 2026-03-01 14:30';
    if (at > now + SKEW_MS) return 'date lies in the future';
    const subject = subjectOf(row, context);
    if (typeof subject === 'string') return subject;
    const money = moneyOf(entry, context.currency);
    if (typeof money === 'string') return money;
    return buildEvent(entry, money, subject, at);
  };

  const gathering = new Gathering<Entry>((entry) => entry.rows, finish);

  return tableReader(columns, ({ places, decimalComma }) => {
    const cellsOf = (fields: readonly string[]): Row => {
      const row: Record<string, string> = {};
      for (const [index, column] of columns.entries()) {
        const place = places[index] ?? -1;
        row[column.name] = place === -1 ? '' : (fields[place] ?? '').trim();
      }
      return row as Row;
    };
    return {
      row(fields, line) {
        const row = cellsOf(fields);
        const type = (row.type === '' ? 'order' : row.type.toLowerCase()) as RowType;
        if (type !== 'order' && type !== 'return' && type !== 'refund')
          return sink.skip('Rows of another type than order, return or refund', `line ${line}`, row.type.slice(0, 40));
        const reference = type === 'order' ? row.order : row.return || `${row.order} ${row.date}`.trim();
        if (reference === '') return sink.skip('Rows without an order number', `line ${line}`, type);
        const entry = gathering.of(`${type} ${reference}`, () => ({
          type,
          reference,
          row,
          firstLine: line,
          lines: [],
          total: new ExactTotal(),
          rows: 0,
          fault: null,
        }));
        entry.rows += 1;
        const fault = addLine(entry, row, decimalComma);
        if (fault !== null) entry.fault ??= line === entry.firstLine ? fault : `line ${line}: ${fault}`;
      },
      end: () => gathering.end(),
    };
  });
}

/** Adds a row to what it belongs to; says what is wrong with it. */
function addLine(entry: Entry, row: Row, decimalComma: boolean): string | null {
  for (const same of ['customer', 'email', 'phone', 'currency'] as const)
    if (row[same] !== entry.row[same]) return `${same} is not the same as on line ${entry.firstLine}`;
  const price = decimalComma ? row.unit_price.replace(',', '.') : row.unit_price;
  const parsed = readPrice(price);
  if (parsed === null) return 'unit_price is no decimal number such as 19.95';
  if (parsed.decimal.units < 0n)
    return 'unit_price must not be negative: write a return or a refund as a row of its own type';
  const quantity = Number(row.quantity);
  if (!/^\d{1,7}$/.test(row.quantity) || quantity === 0) return 'quantity is no whole number above zero';
  entry.total.add(parsed, quantity);
  if (entry.type === 'refund') return null;
  if (row.article === '') return 'article is missing';
  entry.lines.push({
    article: row.article,
    ...(row.variant === '' ? {} : { variant: row.variant }),
    ...(row.title === '' ? {} : { title: row.title.slice(0, 200) }),
    quantity,
    unitPrice: price,
  });
  return null;
}

function subjectOf(row: Row, { region }: ReaderContext): Subject | string {
  if (row.customer === '' && row.email === '' && row.phone === '')
    return 'one of customer, email and phone must be there';
  const subject = readSubject(
    {
      ...(row.customer === '' ? {} : { externalId: row.customer }),
      ...(row.email === '' ? {} : { email: row.email }),
      ...(row.phone === '' ? {} : { phone: row.phone }),
      ...(row.name === '' ? {} : { name: row.name.slice(0, 200) }),
    },
    region,
  );
  return subject.ok ? subject.value : `${subject.error.field.replace('customer.', '')} ${subject.error.message}`;
}

function moneyOf({ row, total }: Entry, shopCurrency: string): Money | string {
  const currency = row.currency === '' ? shopCurrency : row.currency.toUpperCase();
  if (!isCurrency(currency)) return 'currency is not an ISO 4217 code such as EUR';
  const amount = total.minorUnits(currencyExponent(currency));
  if (amount === null) return 'the total is too large';
  const money = {
    amount,
    currency,
    ...(row.rate === '' || currency === shopCurrency ? {} : { rate: row.rate.replace(',', '.') }),
  };
  if (money.rate !== undefined && !/^\d{1,9}(\.\d{1,12})?$/.test(money.rate)) return 'rate is no decimal number';
  const fault = unconvertible(money, '', shopCurrency);
  return fault === null ? money : `rate ${fault.message}`;
}

function buildEvent(entry: Entry, money: Money, subject: Subject, occurredAt: Instant): OfferedEvent | string {
  const { type, reference, row, lines } = entry;
  const reason = row.reason === '' ? {} : { reason: row.reason.toLowerCase() };
  const order = row.order === '' ? {} : { order: row.order };
  const common = { subject, occurredAt, source: SOURCE, sourceId: `${type}:${reference}` };
  switch (type) {
    case 'order': {
      const payment = row.payment === '' ? {} : { payment: row.payment.toLowerCase() };
      const body = reportedEvents['order.placed'].safeParse(
        { order: reference, total: money, lines, ...payment },
        { reportInput: true },
      );
      return body.success ? { kind: 'order.placed', body: body.data, ...common } : said(body.error);
    }
    case 'return': {
      const body = reportedEvents['return.received'].safeParse(
        { return: reference, ...order, lines, value: money, ...reason },
        { reportInput: true },
      );
      return body.success ? { kind: 'return.received', body: body.data, ...common } : said(body.error);
    }
    case 'refund': {
      const goodsBack = /^(yes|y|true|1)$/i.test(row.goods_back);
      const body = reportedEvents['refund.issued'].safeParse(
        { refund: reference, ...order, amount: money, goodsBack, ...reason },
        { reportInput: true },
      );
      return body.success ? { kind: 'refund.issued', body: body.data, ...common } : said(body.error);
    }
  }
}

function said(error: Parameters<typeof explain>[0]): string {
  const { field, message } = explain(error);
  return `${field} ${message}`;
}
