import type { Line } from '../../../core/events/values.ts';
import { currencyExponent } from '../../../core/shared/money.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { OfferedEvent, Subject } from '../../../ports/ledger.ts';
import { ExactTotal, type Price, readPrice } from '../exact-total.ts';
import type { Column, FileFormat, FormatReader, ReaderContext } from '../format.ts';
import { Gathering } from '../gathering.ts';
import { localTimeReader } from '../local-time.ts';
import { Purchases } from '../purchases.ts';
import { tableCheck, tableReader } from '../table.ts';

const SOURCE = 'online-retail';
const MOST_LINES = 2_000;
const MOST_MATCHED = 200;
const SKEW_MS = 86_400_000;

const columns: readonly Column[] = [
  {
    name: 'InvoiceNo',
    required: true,
    meaning: 'Number of the invoice. C… is a credit note: a return. A… adjusts bad debt and is left out.',
  },
  { name: 'StockCode', required: true, meaning: 'The article.' },
  { name: 'Description', required: true, meaning: 'The article in words.' },
  { name: 'Quantity', required: true, meaning: 'Whole number; negative on a credit note.' },
  { name: 'InvoiceDate', required: true, meaning: "Date and time on the shop's clocks: 2010-12-01 08:26:00." },
  {
    name: 'UnitPrice',
    required: true,
    meaning: "Price of one, in the shop's currency; may have more decimals than the currency.",
  },
  { name: 'CustomerID', required: true, meaning: "The customer's number. Lines without one are left out." },
];

/** The layout of the UCI "Online Retail" data set (Chen, 2015), which many shops' exports resemble. */
export const onlineRetail: FileFormat = {
  name: 'online-retail',
  title: 'Online Retail (invoice lines)',
  summary:
    'One row a line of an invoice. An invoice becomes one order, a credit note (C…) one return, matched to the most recent earlier purchase of each article by that customer.',
  columns,
  exampleFile: 'online-retail.csv',
  check: () => tableCheck(columns),
  open: readOnlineRetail,
};

interface Invoice {
  readonly number: string;
  readonly customer: string;
  readonly isCredit: boolean;
  readonly firstLine: number;
  readonly at: Instant;
  readonly lines: Line[];
  readonly total: ExactTotal;
  rows: number;
  /** Set when a row cannot be read: then the whole invoice is left out, never a part of it. */
  fault: string | null;
}

function readOnlineRetail({ currency, timeZone, now, sink }: ReaderContext): FormatReader {
  const timeOf = localTimeReader(timeZone);
  const exponent = currencyExponent(currency);
  const purchases = new Purchases();
  const latest = now + SKEW_MS;

  const finish = (invoice: Invoice): void => {
    const where = `invoice ${invoice.number}, line ${invoice.firstLine}`;
    const amount = invoice.total.minorUnits(exponent);
    const fault =
      invoice.fault ??
      (amount === null
        ? 'its total is too large'
        : invoice.lines.length > MOST_LINES
          ? `it has more than ${MOST_LINES} lines`
          : null);
    if (fault !== null || amount === null)
      sink.skip('Invoices that cannot be read, left out whole', where, fault ?? '', invoice.rows);
    else if (invoice.isCredit) sink.offer(toReturn(invoice, { amount, currency }, matchedOrders(invoice)), where);
    else {
      purchases.add(invoice.customer, invoice.number, invoice.at, invoice.lines);
      sink.offer(toOrder(invoice, { amount, currency }), where);
    }
  };

  const matchedOrders = (invoice: Invoice): readonly string[] => {
    const orders = new Set<string>();
    for (const line of invoice.lines) {
      const found = purchases.takeBack(invoice.customer, line.article, invoice.at, line.quantity);
      for (const order of found.orders) orders.add(order);
      if (found.unmatched > 0)
        sink.skip(
          'Returned lines without an earlier purchase in the file: counted, but matched to no order',
          `credit note ${invoice.number}`,
          `${found.unmatched} of ${line.quantity} × ${line.article}`,
        );
    }
    return [...orders].slice(0, MOST_MATCHED);
  };

  const gathering = new Gathering<Invoice>((invoice) => invoice.rows, finish);

  return tableReader(columns, ({ places }) => {
    const [iInvoice, iArticle, iTitle, iQuantity, iDate, iPrice, iCustomer] = places as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return {
      row(fields, line) {
        const number = (fields[iInvoice] ?? '').trim();
        const mark = number.charCodeAt(0) & ~32;
        const isCredit = mark === 67;
        if (mark === 65) return sink.skip('Invoices that begin with A: bad debt, no purchase', `line ${line}`, number);
        const quantity = Number(fields[iQuantity]);
        if (quantity < 0 && !isCredit)
          return sink.skip(
            'Negative quantity without a credit note: stock written off, no return',
            `line ${line}`,
            `${quantity} × ${fields[iArticle]}`,
          );
        const customer = customerNumber(fields[iCustomer] ?? '');
        if (customer === '') return sink.skip('Lines without a customer', `line ${line}`, number);
        const priceText = (fields[iPrice] ?? '').trim();
        const price = readPrice(priceText);
        if (price !== null && !isCredit && price.decimal.units <= 0n)
          return sink.skip(
            'Lines without a price: samples and corrections, no purchase',
            `line ${line}`,
            `${quantity} × ${fields[iArticle]}`,
          );
        const invoice = gathering.of(number, () => ({
          number,
          customer,
          isCredit,
          firstLine: line,
          at: timeOf((fields[iDate] ?? '').trim()) ?? (Number.NaN as Instant),
          lines: [],
          total: new ExactTotal(),
          rows: 0,
          fault: null,
        }));
        invoice.rows += 1;
        const article = (fields[iArticle] ?? '').trim();
        const fault = rowFault(invoice, number, customer, article, quantity, price, latest);
        if (fault !== null || price === null) {
          invoice.fault ??= line === invoice.firstLine ? (fault ?? '') : `line ${line}: ${fault ?? ''}`;
          return;
        }
        const count = isCredit ? -quantity : quantity;
        invoice.total.add(price, count);
        const title = (fields[iTitle] ?? '').trim();
        invoice.lines.push(
          title === ''
            ? { article, quantity: count, unitPrice: priceText }
            : {
                article,
                title: title.length > 200 ? title.slice(0, 200) : title,
                quantity: count,
                unitPrice: priceText,
              },
        );
      },
      end: () => gathering.end(),
    };
  });
}

function rowFault(
  invoice: Invoice,
  number: string,
  customer: string,
  article: string,
  quantity: number,
  price: Price | null,
  latest: number,
): string | null {
  if (invoice.fault !== null) return invoice.fault;
  if (Number.isNaN(invoice.at)) return 'the date does not exist; write it like 2010-12-01 08:26:00';
  if (invoice.at > latest) return 'the date lies in the future';
  if (invoice.customer !== customer) return 'the invoice has two customers';
  if (number.length > 120) return 'the invoice number is too long';
  if (article === '' || article.length > 120) return 'the stock code is empty or too long';
  if (!Number.isInteger(quantity) || quantity === 0 || Math.abs(quantity) > 1_000_000)
    return 'the quantity is no whole number from 1 to 1,000,000';
  if (invoice.isCredit && quantity > 0) return 'a credit note has a positive quantity';
  if (price === null) return 'the price is no decimal number such as 2.55';
  return price.decimal.units < 0n ? 'the price is negative' : null;
}

/** "17850.0", as spreadsheets write whole numbers, is 17850. */
function customerNumber(text: string): string {
  const number = text.trim();
  return number.endsWith('.0') ? number.slice(0, -2) : number;
}

function subjectOf(customer: string): Subject {
  return { identifiers: [{ type: 'external', value: customer }], shown: { externalId: customer } };
}

function toOrder(invoice: Invoice, total: { amount: number; currency: string }): OfferedEvent {
  return {
    kind: 'order.placed',
    body: { order: invoice.number, total, lines: invoice.lines },
    subject: subjectOf(invoice.customer),
    occurredAt: invoice.at,
    source: SOURCE,
    sourceId: `invoice:${invoice.number}`,
  };
}

function toReturn(
  invoice: Invoice,
  value: { amount: number; currency: string },
  matched: readonly string[],
): OfferedEvent {
  return {
    kind: 'return.received',
    body: {
      return: invoice.number,
      lines: invoice.lines,
      value,
      reason: invoice.lines.some((line) => isGoods(line.article)) ? 'unspecified' : 'goodwill',
      by: 'credit_note',
      ...(matched.length === 0 ? {} : { matchedOrders: [...matched] }),
    },
    subject: subjectOf(invoice.customer),
    occurredAt: invoice.at,
    source: SOURCE,
    sourceId: `invoice:${invoice.number}`,
  };
}

/** The shop's own bookkeeping (discount, manual correction, postage, carriage, bank and market-place charges): nothing was sent back. */
const BOOKKEEPING = new Set(['D', 'M', 'S', 'B', 'POST', 'DOT', 'C2', 'CRUK', 'BANK CHARGES', 'AMAZONFEE']);

function isGoods(article: string): boolean {
  return !BOOKKEEPING.has(article.toUpperCase());
}
