import type { CountryCode } from '../../../core/identity/region.ts';
import { usualAnswer } from '../../../core/lists/answers.ts';
import { guessType } from '../../../core/lists/guess.ts';
import { readNameAddress } from '../../../core/lists/name-address.ts';
import { type EntryAnswer, type EntryType, entryAnswers } from '../../../core/lists/types.ts';
import type { EntryWish } from '../../lists/wish.ts';
import type { Column, FileFormat, FormatReader, ReaderContext } from '../format.ts';
import { tableCheck, tableReader } from '../table.ts';
import { NOT_TAKEN, plainCell } from './lists.ts';

type Cell = (name: string) => string;
type Say = (what: string) => void;
type Take = (wish: Omit<EntryWish, 'list'> & Partial<Pick<EntryWish, 'list'>>) => void;
type ReadRow = (
  cell: Cell,
  to: { readonly take: Take; readonly skip: Say; readonly region: CountryCode | null },
) => void;

interface Elsewhere {
  readonly name: FileFormat['name'];
  readonly title: string;
  readonly summary: string;
  readonly exampleFile: string;
  readonly columns: readonly Column[];
  readonly row: ReadRow;
  /** Rows that agree in this column mean something together only, and are left out when there are several. */
  readonly oneOf?: string;
}

const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

/** A reason is required here, and was not there: then it says at least where the entry comes from. */
const reasonOf = (from: string, ...said: readonly string[]): string => {
  const text = said.filter((each) => each !== '').join(' · ');
  return (text.length < SHORTEST_REASON ? from : `${from}: ${text}`).slice(0, LONGEST_REASON);
};

/** The milder of what is usual for a type and an answer. */
const atMost = (type: EntryType, answer: EntryAnswer): EntryAnswer => {
  const usual = usualAnswer(type);
  return entryAnswers.indexOf(usual) < entryAnswers.indexOf(answer) ? usual : answer;
};

const blockify: Elsewhere = {
  name: 'blockify-ips',
  title: 'Addresses from Blockify (CSV)',
  summary: 'The sheet of blocked or whitelisted IP addresses: single ones, beginnings and ranges, with notes.',
  exampleFile: 'blockify-ips.csv',
  columns: [
    {
      name: 'IP',
      also: ['IP address', 'IP addresses', 'IP range', 'IP start with', 'IP starts with', 'Value'],
      required: true,
      meaning: 'An address, a network, a range "a-b", or the beginning of an address such as "203.0.113.".',
    },
    { name: 'Note', also: ['Notes', 'Reason', 'Comment', 'Description'], required: false, meaning: 'Why.' },
    { name: 'List', also: ['Rule', 'Type', 'Action'], required: false, meaning: 'Whitelist, or else it is blocked.' },
    { name: 'Status', also: ['Active', 'Enabled'], required: false, meaning: 'Rows that are disabled are left out.' },
  ],
  row(cell, { take, skip }) {
    if (/^(disabled?|inactive|off|no|false|0)$/i.test(cell('Status'))) return skip('the rule was switched off there');
    const list = /white|allow/i.test(cell('List')) ? 'allow' : 'deny';
    take({ list, type: 'ip', value: fromBeginning(cell('IP')), reason: reasonOf('Blockify', cell('Note')) });
  },
};

/** "203.0.113." stands for 203.0.113.0/24. */
function fromBeginning(text: string): string {
  const parts = /^(\d{1,3}(?:\.\d{1,3}){0,2})\.(?:\*(?:\.\*)*)?$/.exec(text)?.[1]?.split('.');
  return parts === undefined ? text : `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${8 * parts.length}`;
}

const woocommerce: Elsewhere = {
  name: 'woocommerce-blacklist',
  title: 'WooCommerce Blacklist Manager (CSV)',
  summary:
    'Its table wc_blacklist, exported as CSV with the names of its columns. Each value of a row becomes an entry.',
  exampleFile: 'woocommerce-blacklist.csv',
  columns: [
    { name: 'first_name', required: false, meaning: 'With the last name and the address: name and address.' },
    { name: 'last_name', required: false, meaning: 'The same.' },
    { name: 'phone_number', also: ['phone'], required: true, meaning: 'A phone number.' },
    { name: 'email_address', also: ['email'], required: true, meaning: 'An e-mail address.' },
    { name: 'ip_address', also: ['ip'], required: false, meaning: 'A network address.' },
    { name: 'domain', required: false, meaning: 'A domain of e-mail addresses.' },
    {
      name: 'customer_address',
      also: ['address'],
      required: false,
      meaning: 'Street and number, town, postcode and country, with commas between.',
    },
    { name: 'order_id', required: false, meaning: 'Goes into the reason.' },
    { name: 'reason_code', also: ['reason'], required: false, meaning: 'Why.' },
    { name: 'description', also: ['note'], required: false, meaning: 'Goes into the reason.' },
    { name: 'date_added', also: ['blocked date'], required: false, meaning: 'Goes into the reason.' },
    {
      name: 'is_blocked',
      also: ['blocked'],
      required: false,
      meaning: '0: only suspected, so a person looks at most.',
    },
  ],
  row(cell, { take, skip }) {
    const suspected = /^(0|no|false|suspect(ed)?)$/i.test(cell('is_blocked'));
    const order = cell('order_id').replace(/^0$|^null$/i, '');
    const reason = reasonOf(
      'WooCommerce Blacklist Manager',
      cell('reason_code').replaceAll('_', ' '),
      nothing(cell('description')),
      order === '' ? '' : `#${order}`,
      cell('date_added').slice(0, 10),
    );
    const name = `${nothing(cell('first_name'))} ${nothing(cell('last_name'))}`.trim();
    const address = nothing(cell('customer_address'));
    // Their own separator is a comma, which may stand in a name.
    const person = name === '' || address === '' ? '' : `${name}; ${address.replaceAll(',', ';')}`;
    const values = [
      ['email', cell('email_address')],
      ['phone', cell('phone_number')],
      ['ip', cell('ip_address')],
      ['email_domain', cell('domain')],
      ['name_address', readNameAddress(person) === null ? '' : person],
    ] as const satisfies readonly (readonly [EntryType, string])[];
    const there = values.filter(([, value]) => nothing(value) !== '');
    if (there.length === 0)
      return skip('nothing on the row can stand on a list: a name or an address alone is too many people');
    for (const [type, value] of there)
      take({ type, value, reason, ...(suspected && { answer: atMost(type, 'review') }) });
  },
};

/** How exports of databases write that there is nothing. */
const nothing = (text: string): string => (/^(null|\\n)$/i.test(text) ? '' : text);

const fraudFilter: Elsewhere = {
  name: 'fraud-filter',
  title: 'Rules of Fraud Filter (CSV)',
  summary: 'What Shopify’s Fraud Filter left behind: rules that could not be moved to Flow, one condition a row.',
  exampleFile: 'fraud-filter.csv',
  oneOf: 'Rule',
  columns: [
    {
      name: 'Rule',
      also: ['Rule name', 'Name', 'Filter', 'Filter name', 'Title'],
      required: false,
      meaning: 'What it was called.',
    },
    {
      name: 'Field',
      also: ['Attribute', 'Property', 'Category', 'Criteria'],
      required: true,
      meaning: 'What was compared: e-mail, IP address, phone or customer.',
    },
    {
      name: 'Operator',
      also: ['Condition', 'Comparison', 'Relation'],
      required: true,
      meaning: 'How: is equal to, contains, starts with, ends with.',
    },
    { name: 'Value', also: ['Values', 'Text'], required: true, meaning: 'With what.' },
    {
      name: 'Action',
      also: ['Then', 'Result'],
      required: false,
      meaning: 'Cancel, or warn: then a person looks at most.',
    },
  ],
  row(cell, { take, skip, region }) {
    const value = cell('Value');
    const read = ruleOf(cell('Field').toLowerCase(), cell('Operator').toLowerCase(), value, region);
    if (typeof read === 'string') return skip(read);
    const warned = /warn|flag|tag|notif/i.test(cell('Action'));
    take({
      ...read,
      reason: reasonOf('Fraud Filter', cell('Rule')),
      ...(warned && { answer: atMost(read.type, 'review') }),
    });
  },
};

const TOO_MANY = 'a part of a value is too many people: a list compares whole values';

function ruleOf(
  field: string,
  operator: string,
  value: string,
  region: CountryCode | null,
): Pick<EntryWish, 'type' | 'value'> | string {
  const whole = /^(is|=|==|is equal to|equals?|equal to|matches|is exactly)$/.test(operator);
  const begins = /^(starts|begins) with$/.test(operator);
  const ends = /^ends with$/.test(operator);
  const part = /^contains$/.test(operator);
  if (!whole && !begins && !ends && !part) return 'only rules about what is equal can be taken, not about what is not';
  if (/e-?mail/.test(field)) {
    const guess = guessType(value, region);
    if (guess === 'email' && (whole || part)) return { type: 'email', value };
    return guess === 'email_domain' && (ends || (part && value.startsWith('@')))
      ? { type: 'email_domain', value }
      : TOO_MANY;
  }
  if (/\bip\b|network/.test(field)) {
    if (whole) return { type: 'ip', value };
    return begins && fromBeginning(value) !== value ? { type: 'ip', value: fromBeginning(value) } : TOO_MANY;
  }
  if (/phone/.test(field)) return whole ? { type: 'phone', value } : TOO_MANY;
  if (/customer.*(id|number)/.test(field)) return whole ? { type: 'external', value } : TOO_MANY;
  return 'only e-mail, IP address, phone and customer number can stand on a list; a policy or a live rule says the rest better';
}

const formatOf = (format: Elsewhere): FileFormat => ({
  name: format.name,
  title: format.title,
  summary: format.summary,
  columns: format.columns,
  exampleFile: format.exampleFile,
  check: () => tableCheck(format.columns),
  open: (context) => readElsewhere(format, context),
});

export const blockifyIps = formatOf(blockify);
export const woocommerceBlacklist = formatOf(woocommerce);
export const fraudFilterRules = formatOf(fraudFilter);

interface Waiting {
  readonly key: string;
  readonly rows: { readonly cell: Cell; readonly where: string }[];
}

function readElsewhere({ columns, row, oneOf }: Elsewhere, { sink, region }: ReaderContext): FormatReader {
  return tableReader(columns, ({ places }) => {
    let waiting: Waiting | null = null;
    const read = (cell: Cell, where: string): void =>
      row(cell, {
        take: (wish) => sink.entry({ list: 'deny', ...wish }, where),
        skip: (what) => sink.skip(NOT_TAKEN, where, what),
        region,
      });
    const flush = (): void => {
      const [first, ...more] = waiting?.rows ?? [];
      if (first !== undefined && more.length === 0) read(first.cell, first.where);
      else if (first !== undefined)
        sink.skip(
          NOT_TAKEN,
          first.where,
          'the rule has several conditions that must all hold, and a list knows one',
          1 + more.length,
        );
      waiting = null;
    };
    return {
      row(fields, line) {
        const cell: Cell = (name) =>
          plainCell(fields[places[columns.findIndex((column) => column.name === name)] ?? -1]);
        const where = `line ${line}`;
        if (oneOf === undefined) return read(cell, where);
        const key = cell(oneOf);
        if (key !== '' && key === waiting?.key) waiting.rows.push({ cell, where });
        else {
          flush();
          waiting = { key, rows: [{ cell, where }] };
        }
      },
      end: flush,
    };
  });
}
