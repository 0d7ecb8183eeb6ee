import { type Field, type Role, roles } from '../../core/linkage/types.ts';
import { CsvReader } from '../import/csv.ts';
import { FileFault } from '../import/fault.ts';

/** A column of the file and what it says; `place` counts from 0. */
export interface ChosenColumn {
  readonly field: Field;
  /** Places in the file. Several are read as one, with a space between: middle names, a second address line. */
  readonly places: readonly number[];
}

/** Names that columns have in exports of shop systems and in other people's data, without case, spaces and underscores. */
const KNOWN_NAMES: Readonly<Partial<Record<Role, readonly string[]>>> = {
  given: ['given', 'givenname', 'firstname', 'forename', 'billingfirstname', 'shippingfirstname', 'fname'],
  surname: ['surname', 'lastname', 'familyname', 'billinglastname', 'shippinglastname', 'lname', 'secondname'],
  name: ['name', 'fullname', 'customername', 'billingname', 'displayname'],
  birth: ['birth', 'birthdate', 'dateofbirth', 'dob', 'birthday', 'born'],
  email: ['email', 'emailaddress', 'mail', 'billingemail', 'customeremail'],
  email_verified: ['emailverified', 'verifiedemail'],
  phone: ['phone', 'phonenumber', 'telephone', 'mobile', 'mobilephone', 'billingphone', 'tel'],
  address: ['address', 'address1', 'addressline1', 'street', 'streetaddress', 'billingaddress1', 'streetname'],
  house_number: ['housenumber', 'streetnumber', 'housenr', 'houseno'],
  postcode: ['postcode', 'postalcode', 'zip', 'zipcode', 'postal', 'billingpostcode', 'provincezip'],
  city: ['city', 'town', 'suburb', 'place', 'locality', 'billingcity'],
  state: ['state', 'province', 'region', 'county', 'billingstate', 'provincecode'],
  country: ['country', 'countrycode', 'billingcountry'],
  national: [
    'national',
    'nationalnumber',
    'nationalid',
    'socsecid',
    'socialsecuritynumber',
    'ssn',
    'taxid',
    'vatnumber',
  ],
  card: ['card', 'cardfingerprint', 'paymentfingerprint'],
  device: ['device', 'deviceid'],
  customer: ['customer', 'customerid', 'customernumber', 'loyaltynumber'],
};

/** Columns that say which row it is; they are no evidence of who somebody is. */
const ROW_NAMES = ['id', 'recid', 'rowid', 'uniqueid', 'accountid', 'userid'];

/** Roles that are one text written in several columns as often as not. */
const JOINED: ReadonlySet<Role> = new Set<Role>(['given', 'surname', 'name', 'address']);

/**
 * What the columns of a file say, from what was asked for: `role=column`, or a column alone where its name says its role. With nothing
 * asked for: every column whose name says it. Throws a `FileFault` with the columns there are.
 */
export function chooseColumns(asked: readonly string[], header: readonly string[]): readonly ChosenColumn[] {
  const wishes = asked.flatMap(splitList);
  const found =
    wishes.length === 0
      ? header.flatMap((name, place) => {
          const role = roleOfName(name);
          return role === null ? [] : [{ role, place }];
        })
      : wishes.map((wish) => readWish(wish, header));
  const chosen = new Map<string, { field: Field; places: number[] }>();
  for (const { role, place } of found) {
    const name = header[place] ?? '';
    const key = role === 'other' ? `other ${place}` : role;
    const known = chosen.get(key);
    if (known === undefined) chosen.set(key, { field: { role, name }, places: [place] });
    else if (known.places.includes(place)) throw new FileFault(`The column "${name}" is asked for twice.`);
    else if (JOINED.has(role)) known.places.push(place);
    // Found by name alone, the first one stands: nobody asked for the second.
    else if (wishes.length > 0)
      throw new FileFault(
        `"${known.field.name}" and "${name}" are both asked for as ${role}: take one of them, or other=${name}.`,
      );
  }
  if (chosen.size === 0)
    throw new FileFault(
      `No column has a name that says what it holds. Say it, like --columns "name=COLUMN,email=COLUMN". ${listed(header)}`,
    );
  return [...chosen.values()];
}

/** The place of a column by its name. Throws a `FileFault` with the columns there are. */
export function findColumn(name: string, header: readonly string[]): number {
  const exact = header.indexOf(name);
  if (exact !== -1) return exact;
  const place = header.findIndex((one) => plain(one) === plain(name));
  if (place === -1) throw new FileFault(`The file has no column "${shortened(name)}". ${listed(header)}`);
  return place;
}

function readWish(wish: string, header: readonly string[]): { role: Role; place: number } {
  const at = wish.indexOf('=');
  if (at === -1) {
    const place = findColumn(wish, header);
    const role = roleOfName(header[place] ?? '');
    if (role !== null) return { role, place };
    if (ROW_NAMES.includes(plain(wish)))
      throw new FileFault(
        `"${shortened(wish)}" is a row's own id and says nothing of who it is: name it with --id, or compare it with other=${shortened(wish)}.`,
      );
    throw new FileFault(
      `"${shortened(wish)}" does not say what it holds. Say it, like other=${shortened(wish)}; it can be ${roles.join(', ')}.`,
    );
  }
  const role = roles.find((one) => one === wish.slice(0, at).trim().toLowerCase().replaceAll('-', '_'));
  if (role === undefined)
    throw new FileFault(
      `"${shortened(wish.slice(0, at))}" is nothing a column can hold. It can be ${roles.join(', ')}; like email=COLUMN.`,
    );
  return { role, place: findColumn(wish.slice(at + 1).trim(), header) };
}

/** A list with commas, in which a name with a comma stands in quotes. */
function splitList(list: string): readonly string[] {
  if (!list.includes('"'))
    return list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const parts = list.match(/(?:[^,"]|"[^"]*")+/g) ?? [];
  return parts.map((part) => part.replaceAll('"', '').trim()).filter((part) => part !== '');
}

function roleOfName(name: string): Role | null {
  const wanted = plain(name);
  return roles.find((role) => KNOWN_NAMES[role]?.includes(wanted)) ?? null;
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_.-]+/g, '');
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

const SHOWN = 40;

function listed(header: readonly string[]): string {
  const names = header.slice(0, SHOWN).map((name) => `"${shortened(name)}"`);
  const more = header.length > SHOWN ? ` and ${header.length - SHOWN} more` : '';
  return `It has: ${names.join(', ')}${more}.`;
}

/** The names in the first line of a table. Throws a `FileFault` for one that names a column twice. */
export function readHeader(line: string, delimiter: ConstructorParameters<typeof CsvReader>[0]): readonly string[] {
  let names: readonly string[] = [];
  const width = countFields(line, delimiter);
  const reader = new CsvReader(delimiter, width, (fields) => {
    names = fields.map((field) => field.trim());
  });
  reader.feed(line, 1);
  reader.end();
  const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place);
  if (twice !== undefined) throw new FileFault(`The first line names the column "${shortened(twice)}" twice.`);
  return names;
}

/** How many fields a line has; delimiters in quotes do not count. */
function countFields(line: string, delimiter: string): number {
  let count = 1;
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) count += 1;
  }
  return count;
}
