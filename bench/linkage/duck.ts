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

/** Each text similarity once a pair, and none where the texts are equal. */
const SIMILARITIES = ['given', 'surname', 'street', 'city']
  .map(
    (name) =>
      `case when "${name}_l" = "${name}_r" then 1.0 else jaro_winkler_similarity("${name}_l", "${name}_r") end as "${name}_like"`,
  )
  .join(', ');

/** At most one edit, a swap of neighbours counting as one. The plain distance is far cheaper and rules out nearly all. */
const edit = (name: string): string =>
  `case when abs(length("${name}_l") - length("${name}_r")) > 1 then false when levenshtein("${name}_l", "${name}_r") > 2 then false
    else damerau_levenshtein("${name}_l", "${name}_r") <= 1 end`;
const unknown = (name: string): string => `"${name}_l" is null or "${name}_r" is null`;
/** 3 close, 2 similar or one an initial of the other, 1 neither. */
const alike = (name: string): string =>
  `case when ${name}_like >= 0.92 then 3 when ${name}_like >= 0.8 then 2
    when length("${name}_l") = 1 or length("${name}_r") = 1 then case when "${name}_l"[1] = "${name}_r"[1] then 2 else 1 end else 1 end`;
/** Whether names are each other's, asked only where both are unlike. */
const swapped = (yes: number, no: string, other: string): string =>
  `case when ${other}_like < 0.8 then case when jaro_winkler_similarity(given_l, surname_r) >= 0.92
    then case when jaro_winkler_similarity(given_r, surname_l) >= 0.92 then ${yes} else ${no} end else ${no} end else ${no} end`;
/** What a mailbox's name says beyond its owner's: four letters or five digits. */
const saysMore = (side: 'l' | 'r'): string => {
  const rest = `replace(replace(mailname_${side}, coalesce(given_${side}, ' '), ''), coalesce(surname_${side}, ' '), '')`;
  return `(length(regexp_replace(${rest}, '[0-9]', '', 'g')) >= 4 or length(regexp_replace(${rest}, '[^0-9]', '', 'g')) >= 5)`;
};
const SAY_MORE = `${saysMore('l')} and ${saysMore('r')}`;
const NEARLY = `case when length(email_l) >= 8 then ${edit('email')} else false end`;
const NAMED = 'length(mailname_l) >= 4 and length(mailname_r) >= 4';

/** Parts of a place: 2 equal, 1 alike, 0 neither. */
const likeText = (name: string): string =>
  `case when ${name}_like = 1 then 2 when ${name}_like >= 0.92 then 1 else 0 end`;
const likeCode = (name: string): string =>
  `case when "${name}_l" = "${name}_r" then 2 when length("${name}_l") > 1 and length("${name}_r") > 1
    then case when ${edit(name)} then 1 else 0 end else 0 end`;
const PLACE = `${likeText('street')} as road, ${likeCode('number')} as house, ${likeCode('postcode')} as post, ${likeText('city')} as town`;

/** The level of each comparison by its name, in SQL: the levels of src/core/linkage/levels.ts, from 0. */
const LEVELS: Readonly<Record<string, string>> = {
  given: `case when ${unknown('given')} then 0 when given_l = given_r then 5
    else case ${alike('given')} when 1 then ${swapped(4, '1', 'surname')} when 2 then 2 else 3 end end`,
  surname: `case when ${unknown('surname')} then 0 when surname_l = surname_r then 4
    else case ${alike('surname')} when 1 then ${swapped(0, '1', 'given')} when 2 then 2 else 3 end end`,
  birth: `case when ${unknown('birth')} then 0 when birth_l = birth_r then 4 when ${edit('birth')} then 3
    when birth_l[1:4] = birth_r[1:4] then case when birth_l[5:6] = birth_r[7:8] and birth_l[7:8] = birth_r[5:6] then 3 else 2 end
    else 1 end`,
  email: `case when ${unknown('email')} then 0 when email_l = email_r then 4
    when ${NEARLY} then case when ${NAMED} then case when ${SAY_MORE} then 3 else 0 end else 3 end
    when mailname_l = mailname_r and length(mailname_l) >= 4 then case when ${SAY_MORE} then 2 else 0 end else 1 end`,
  phone: `case when ${unknown('phone')} then 0 when phone_l = phone_r then 3 when ${edit('phone')} then 2 else 1 end`,
  place: `case when road = 2 and house = 2 and (post = 2 or town = 2) then 6
    when road >= 1 and house >= 1 and (post > 0 or town > 0) then 5
    when road >= 1 and (post > 0 or town > 0 or house = 2) then 4
    when post > 0 and town > 0 then 3 when post > 0 or town > 0 or road = 2 then 2 else 1 end`,
};

/** Candidates with everything that several levels look at. */
function compared(): string {
  return `select *, ${PLACE} from (select *, ${SIMILARITIES} from (${candidates()}))`;
}

/** Every pair with the pattern of its levels, as the engine writes patterns. */
export function patternsSql(comparisons: readonly Comparison[]): string {
  const sum = comparisons.map(({ name, stride }) => `${stride} * (${LEVELS[name] ?? missing(name)})`).join(' + ');
  return `select a, b, ${sum} as pattern from (${compared()})`;
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
  return `select a, b, weight from (select a, b, ${Math.log2(model.same / (1 - model.same))} + ${sum} as weight from (${compared()})) where weight >= ${least}`;
}

function missing(name: string): never {
  throw new Error(`The bench has no SQL for the comparison ${name}`);
}
