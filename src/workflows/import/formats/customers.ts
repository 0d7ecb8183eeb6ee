import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { Instant } from '../../../core/shared/time.ts';
import { readSubject } from '../../intake/subject.ts';
import type { Column, FileFormat, FormatName, FormatReader, ReaderContext } from '../format.ts';
import { localTimeReader } from '../local-time.ts';
import { tableCheck, tableReader } from '../table.ts';

const SKEW_MS = 86_400_000;

/** What a customer's row can say, whatever a platform calls its columns. */
const parts = ['number', 'email', 'phone', 'name', 'first', 'last', 'language', 'since'] as const;
type Part = (typeof parts)[number];

interface CustomersFormat {
  readonly name: FormatName;
  readonly title: string;
  readonly summary: string;
  readonly exampleFile: string;
  readonly columns: readonly (Column & { readonly is: Part })[];
}

const of = (is: Part, name: string, meaning: string, required = false) => ({ is, name, meaning, required });

/** A list of customers, as anybody can make one. */
const plain: CustomersFormat = {
  name: 'customers-csv',
  title: 'Customers (CSV)',
  summary: 'One row a customer. Nothing is held against anybody by being on it.',
  exampleFile: 'customers.csv',
  columns: [
    of('number', 'customer', "The customer's number. At least one of customer, email, phone must be there."),
    of('email', 'email', "The customer's e-mail address."),
    of('phone', 'phone', "The customer's phone number."),
    of('name', 'name', "The customer's name."),
    of('language', 'language', 'Which language they read, as a tag such as nl.'),
    of('since', 'since', 'Since when: 2026-03-01. The day of the import when empty.'),
  ],
};

/** What Shopify's admin exports under Customers. */
const shopify: CustomersFormat = {
  name: 'shopify-customers',
  title: 'Customers from Shopify (CSV)',
  summary: 'The file that Shopify exports under Customers. Tags and notes are passed over.',
  exampleFile: 'shopify-customers.csv',
  columns: [
    of('number', 'Customer ID', "Shopify's number of the customer, the same that a connection uses.", true),
    of('email', 'Email', "The customer's e-mail address.", true),
    of('first', 'First Name', 'The first name.'),
    of('last', 'Last Name', 'The last name.'),
    of('phone', 'Phone', "The customer's phone number."),
  ],
};

/** What WooCommerce exports under Analytics, Customers. It has no customer numbers: who they are is told by the address. */
const woocommerce: CustomersFormat = {
  name: 'woocommerce-customers',
  title: 'Customers from WooCommerce (CSV)',
  summary: 'The file that WooCommerce exports under Analytics → Customers.',
  exampleFile: 'woocommerce-customers.csv',
  columns: [
    of('email', 'Email', "The customer's e-mail address.", true),
    of('name', 'Name', "The customer's name."),
    of('since', 'Sign Up', 'When the account was opened; empty for guests.'),
  ],
};

const formatOf = (format: CustomersFormat): FileFormat => ({
  name: format.name,
  title: format.title,
  summary: format.summary,
  columns: format.columns.map(({ name, required, meaning }) => ({ name, required, meaning })),
  exampleFile: format.exampleFile,
  firstStands: true,
  check: () => tableCheck(format.columns),
  open: (context) => readCustomers(format, context),
});

export const customersCsv = formatOf(plain);
export const shopifyCustomers = formatOf(shopify);
export const woocommerceCustomers = formatOf(woocommerce);

function readCustomers({ name: source, columns }: CustomersFormat, context: ReaderContext): FormatReader {
  const { sink, now, region } = context;
  const timeOf = localTimeReader(context.timeZone);
  return tableReader(columns, ({ places }) => ({
    row(fields, line) {
      const cells = new Map<Part, string>();
      for (const [index, { is }] of columns.entries()) {
        const text = cellOf(fields[places[index] ?? -1] ?? '');
        if (text !== '') cells.set(is, text);
      }
      const where = `line ${line}`;
      const skip = (what: string): void => sink.skip('Customers that cannot be read', where, what);
      const said = referenceOf(cells);
      if (said === null) return skip('one of customer, email and phone must be there');
      const subject = readSubject(said, region);
      if (!subject.ok) return skip(`${subject.error.field.replace('customer.', '')} ${subject.error.message}`);
      const since = cells.get('since');
      const at: Instant | null = since === undefined ? now : timeOf(since);
      if (at === null) return skip('since is not a day that exists, written like 2026-03-01 or 2026-03-01 14:30');
      if (at > now + SKEW_MS) return skip('since lies in the future');
      const [identifier] = subject.value.identifiers;
      if (identifier === undefined) return skip('phone is not a number that can be dialled');
      sink.offer(
        {
          kind: 'account.created',
          body: { channel: 'import' },
          subject: subject.value,
          occurredAt: at,
          source,
          // Who is on the list twice, or on the next one again, is the same. No address stands in the clear.
          sourceId: context.nameless(identifier),
        },
        where,
      );
    },
    end: () => undefined,
  }));
}

/** Spreadsheets are kept from calculating with numbers by an apostrophe before them. */
const cellOf = (text: string): string => text.trim().replace(/^'/, '');

function referenceOf(cells: ReadonlyMap<Part, string>): CustomerReference | null {
  const name =
    cells.get('name') ?? [cells.get('first'), cells.get('last')].filter((part) => part !== undefined).join(' ');
  const [externalId, email, phone, language] = (['number', 'email', 'phone', 'language'] as const).map((part) =>
    cells.get(part),
  );
  if (externalId === undefined && email === undefined && phone === undefined) return null;
  return {
    ...(externalId === undefined ? {} : { externalId }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(name === '' ? {} : { name: name.slice(0, 200) }),
    ...(language === undefined || !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? {} : { language }),
  };
}
