import type { DuckDBConnection } from '@duckdb/node-api';
import type { Comparison, Model } from '../../src/core/linkage/types.ts';
import { RULES } from './method.ts';

/** Reads the file into a table of people, once more what the comparisons need of it. Empty cells are unknown. */
export async function readPeople(connection: DuckDBConnection, file: string): Promise<void> {
  const cell = (column: string, name = column): string => `nullif("${column}", '') as "${name}"`;
  await connection.run(`create table person as
    select *, regexp_replace(split_part(split_part(email, '@', 1), '+', 1), '[^a-z0-9]', '', 'g') as mailname
    from (select id::integer as id, ${cell('given_name', 'given')}, ${cell('surname')}, ${cell('email')}, ${cell('phone')},
      ${cell('birth_date', 'birth')}, ${cell('street')}, ${cell('house_number', 'number')}, ${cell('postcode')}, ${cell('city')}
      from read_csv('${file.replaceAll("'", "''")}', all_varchar = true))`);
}

const CARRIED = ['given', 'surname', 'email', 'mailname', 'phone', 'birth', 'street', 'number', 'postcode', 'city'];

/** Pairs that any rule finds, each once: found by the first rule that finds it. */
function candidates(): string {
  const on = (rule: string): string =>
    rule
      .split('+')
      .map((name) => `l."${name}" = r."${name}"`)
      .join(' and ');
  const columns = CARRIED.map((name) => `l."${name}" as "${name}_l", r."${name}" as "${name}_r"`).join(', ');
  return RULES.map((rule, place) => {
    const earlier = RULES.slice(0, place).map((one) => ` and not coalesce(${on(one)}, false)`);
    return `select l.id as a, r.id as b, ${columns} from person l join person r on ${on(rule)} and l.id < r.id${earlier.join('')}`;
  }).join('\nunion all\n');
}

const close = (name: string): string => `jaro_winkler_similarity("${name}_l", "${name}_r") >= 0.92`;
const similar = (name: string): string => `jaro_winkler_similarity("${name}_l", "${name}_r") >= 0.8`;
const edit = (name: string): string => `damerau_levenshtein("${name}_l", "${name}_r") <= 1`;
const unknown = (name: string): string => `"${name}_l" is null or "${name}_r" is null`;
const initial = (name: string): string =>
  `(length("${name}_l") = 1 or length("${name}_r") = 1) and "${name}_l"[1] = "${name}_r"[1]`;
const SWAPPED =
  'jaro_winkler_similarity(given_l, surname_r) >= 0.92 and jaro_winkler_similarity(given_r, surname_l) >= 0.92';
/** What a mailbox's name says beyond its owner's: four letters or five digits. */
const REST = `replace(replace(mailname_l, coalesce(given_l, ' '), ''), coalesce(surname_l, ' '), '')`;
const SAYS_MORE = `(length(regexp_replace(${REST}, '[0-9]', '', 'g')) >= 4 or length(regexp_replace(${REST}, '[^0-9]', '', 'g')) >= 5)`;

/** The level of each comparison by its name, in SQL: the levels of src/core/linkage/levels.ts, from 0. */
const LEVELS: Readonly<Record<string, string>> = {
  given: `case when ${unknown('given')} then 0 when given_l = given_r then 5 when ${close('given')} then 3 when ${similar('given')} then 2
    when ${initial('given')} then 2 when surname_l <> surname_r and not (${similar('surname')}) and ${SWAPPED} then 4 else 1 end`,
  surname: `case when ${unknown('surname')} then 0 when surname_l = surname_r then 4 when ${close('surname')} then 3 when ${similar('surname')} then 2
    when ${initial('surname')} then 2 when given_l <> given_r and not (${similar('given')}) and ${SWAPPED} then 0 else 1 end`,
  birth: `case when ${unknown('birth')} then 0 when birth_l = birth_r then 4 when ${edit('birth')} then 3
    when birth_l[1:4] = birth_r[1:4] and birth_l[5:6] = birth_r[7:8] and birth_l[7:8] = birth_r[5:6] then 3
    when birth_l[1:4] = birth_r[1:4] then 2 else 1 end`,
  email: `case when ${unknown('email')} then 0 when email_l = email_r then 4
    when length(mailname_l) >= 4 and mailname_l = mailname_r then case when ${SAYS_MORE} then 2 else 0 end
    when length(email_l) >= 8 and ${edit('email')} then 3 else 1 end`,
  phone: `case when ${unknown('phone')} then 0 when phone_l = phone_r then 3 when ${edit('phone')} then 2 else 1 end`,
  place: `case when street_l = street_r and number_l = number_r and (postcode_l = postcode_r or city_l = city_r) then 6
    when (street_l = street_r or ${close('street')}) and (number_l = number_r or ${longEdit('number')}) and (${near()}) then 5
    when (street_l = street_r or ${close('street')}) and (${near()} or number_l = number_r) then 4
    when (postcode_l = postcode_r or ${edit('postcode')}) and (city_l = city_r or ${close('city')}) then 3
    when postcode_l = postcode_r or city_l = city_r or ${edit('postcode')} or ${close('city')} or street_l = street_r then 2 else 1 end`,
};

function near(): string {
  return `(postcode_l = postcode_r or city_l = city_r or ${edit('postcode')} or ${close('city')})`;
}

function longEdit(name: string): string {
  return `(length("${name}_l") > 1 and length("${name}_r") > 1 and ${edit(name)})`;
}

/** Every pair with the pattern of its levels, as the engine writes patterns. */
export function patternsSql(comparisons: readonly Comparison[]): string {
  const sum = comparisons.map(({ name, stride }) => `${stride} * (${LEVELS[name] ?? missing(name)})`).join(' + ');
  return `select a, b, ${sum} as pattern from (${candidates()})`;
}

/** Every pair that weighs at least so many bits, each level having the weight the model gives it. */
export function linksSql(comparisons: readonly Comparison[], model: Model, least: number): string {
  const sum = comparisons
    .map(({ name }) => {
      const levels = model.comparisons.find((one) => one.name === name)?.levels ?? missing(name);
      const bits = levels.map(({ same, unlike }) => Math.log2(same / unlike));
      return `[0, ${bits.join(', ')}][1 + ${LEVELS[name] ?? missing(name)}]`;
    })
    .join(' + ');
  return `select a, b, weight from (select a, b, ${Math.log2(model.same / (1 - model.same))} + ${sum} as weight from (${candidates()})) where weight >= ${least}`;
}

function missing(name: string): never {
  throw new Error(`The bench has no SQL for the comparison ${name}`);
}
