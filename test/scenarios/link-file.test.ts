import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accounts, writeAccounts } from '../../bench/linkage/generate.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { runCommandLine } from '../../src/cli/frame.ts';

// Threads start and whole lists are linked here: slow where many things run at once.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenhand link '));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function link(words: readonly string[], signal = new AbortController().signal): Promise<Said> {
  const said = { out: [] as string[], err: [] as string[] };
  const code = await runCommandLine(['link', ...words], {
    registry: COMMANDS,
    terminal: {
      out: (line) => void said.out.push(line),
      err: (line) => void said.err.push(line),
      raw: () => undefined,
      isScreen: false,
      columns: 80,
    },
    environment: {},
    workingFolder: folder,
    signal,
  });
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

const HEADER = 'no,first name,last name,e-mail,phone,born,street,zip,city';

/** Enough people for weights to be learnt, some of them twice. */
async function customers(name: string, count: number): Promise<readonly number[]> {
  const rows = [...accounts(count, 'scenario')];
  const lines = rows.map(
    ({ given, surname, email, phone, birthDate, street, number, postcode, city }, place) =>
      `${place + 1},${given},${surname},${email},${phone},${birthDate},${street} ${number},${postcode},${city}`,
  );
  await writeFile(join(folder, name), `${[HEADER, ...lines].join('\n')}\n`);
  return rows.map(({ person }) => person);
}

const COLUMNS = 'given=first name,surname=last name,email=e-mail,phone,birth=born,address=street,postcode=zip,city';

interface Row {
  readonly row: number;
  readonly cluster: number;
  readonly size: number;
  readonly household: number | null;
}

async function clustersIn(name: string): Promise<readonly Row[]> {
  const [header = '', ...lines] = (await readFile(join(folder, name), 'utf8')).trim().split('\n');
  const names = header.split(',');
  const at = (cells: readonly string[], column: string): string => cells[names.indexOf(column)] ?? '';
  return lines.map((line) => {
    const cells = line.split(',');
    const household = at(cells, 'household');
    return {
      row: Number(at(cells, 'row')),
      cluster: Number(at(cells, 'cluster')),
      size: Number(at(cells, 'size')),
      household: household === '' ? null : Number(household),
    };
  });
}

describe('linking a customer list', () => {
  it('finds who is there twice, and nobody who is not', async () => {
    const persons = await customers('list.csv', 6_000);
    const said = await link(['list.csv', '--columns', COLUMNS, '--out', 'clusters.csv', '--id', 'no']);
    expect(said).toMatchObject({ code: 0, err: expect.stringContaining('6,000 rows') });
    const rows = await clustersIn('clusters.csv');
    expect(rows.map(({ row }) => row)).toEqual(persons.map((_, place) => place + 1));
    const personOf = (row: number): number | undefined => persons[row - 1];
    const joined = rows.filter(({ row, cluster }) => row !== cluster);
    const wrong = joined.filter(({ row, cluster }) => personOf(row) !== personOf(cluster));
    const first = new Map<number | undefined, number>();
    const again = rows.filter(({ row }) => {
      const known = first.has(personOf(row));
      if (!known) first.set(personOf(row), row);
      return known;
    });
    const found = again.filter(
      ({ row }) => rows[row - 1]?.cluster === rows[(first.get(personOf(row)) ?? 1) - 1]?.cluster,
    );
    expect(again.length).toBeGreaterThan(100);
    expect(wrong.length / joined.length).toBeLessThan(0.01);
    expect(found.length / again.length).toBeGreaterThan(0.8);
    for (const { row, cluster, size } of rows) {
      expect(cluster).toBeLessThanOrEqual(row);
      expect(rows[cluster - 1]?.size).toBe(size);
    }
  });

  it('says the same on one thread and on three, and of a packed file', async () => {
    await customers('list.csv', 3_000);
    await writeFile(join(folder, 'list.csv.gz'), gzipSync(await readFile(join(folder, 'list.csv'))));
    const wanted = ['--columns', COLUMNS, '--out', 'c.csv', '--explain', 'l.csv', '--force'];
    const results: string[] = [];
    for (const words of [
      ['list.csv', '--threads', '1'],
      ['list.csv', '--threads', '3'],
      ['list.csv.gz', '--threads', '2'],
    ]) {
      expect(await link([...words, ...wanted])).toMatchObject({ code: 0 });
      results.push(`${await readFile(join(folder, 'c.csv'), 'utf8')}${await readFile(join(folder, 'l.csv'), 'utf8')}`);
    }
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toBe(results[0]);
  });

  it('explains every link by weights that add up', async () => {
    await customers('list.csv', 4_000);
    expect(
      await link(['list.csv', '--columns', COLUMNS, '--out', 'c.csv', '--explain', 'l.csv', '--id', 'no']),
    ).toMatchObject({ code: 0 });
    const [header = '', ...lines] = (await readFile(join(folder, 'l.csv'), 'utf8')).trim().split('\n');
    const names = header.split(',');
    expect(names.slice(0, 8)).toEqual(['row_1', 'row_2', 'id_1', 'id_2', 'class', 'followed', 'probability', 'bits']);
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      const cells = Object.fromEntries(line.split(',').map((cell, place) => [names[place] ?? '', cell]));
      expect(['same', 'probably_same', 'household']).toContain(cells.class);
      expect(cells.id_1).toBe(cells.row_1);
      const sum = names
        .filter((name) => name.endsWith('_bits'))
        .reduce((total, name) => total + Number(cells[name]), 0);
      expect(Math.abs(sum - Number(cells.bits))).toBeLessThan(0.1);
    }
  });

  it('keeps people of one household apart', async () => {
    await customers('list.csv', 4_000);
    const house = ['zandweg 77', '9999xx', 'ergensveen'].join(',');
    const rows = [
      `a,Jan,Verweij,jan@verweij.example,+31611111111,19700101,${house}`,
      `b,Els,Verweij,els@verweij.example,+31622222222,19720303,${house}`,
      `c,Els,Verweij,els.verweij@other.example,+31622222222,19720303,${house}`,
    ];
    await writeFile(join(folder, 'all.csv'), `${await readFile(join(folder, 'list.csv'), 'utf8')}${rows.join('\n')}\n`);
    expect(await link(['all.csv', '--columns', COLUMNS, '--out', 'c.csv'])).toMatchObject({ code: 0 });
    const [jan, els, again] = (await clustersIn('c.csv')).slice(-3);
    expect(els?.cluster).toBe(again?.cluster);
    expect(jan?.cluster).not.toBe(els?.cluster);
    expect(jan?.household).toBe(els?.household);
    expect(jan?.household).not.toBeNull();
  });
});

describe('a list that cannot be linked as asked', () => {
  it.each([
    ['email=mail', /has no column "mail".*"no", "first name"/],
    ['mail=e-mail', /"mail" is nothing a column can hold.*email=COLUMN/],
    ['no', /a row's own id|does not say what it holds/],
    ['email=e-mail,email=phone', /both asked for as email/],
    ['phone,phone', /asked for twice/],
  ])('refuses --columns %s in one line', async (columns, message) => {
    await customers('list.csv', 20);
    const said = await link(['list.csv', '--columns', columns, '--out', 'c.csv']);
    expect(said).toMatchObject({ code: 1, err: expect.stringMatching(message) });
    expect(said.err.split('\n')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['list.csv']);
  });

  it('reads the columns whose names say what they hold', async () => {
    await writeFile(
      join(folder, 'list.csv'),
      'id,Email Address,Last Name\n1,a@x.example,Jansen\n2,b@x.example,Bakker\n',
    );
    expect(await link(['list.csv', '--out', 'c.csv'])).toMatchObject({
      code: 0,
      err: expect.stringContaining('Email Address as email, Last Name as surname'),
    });
  });

  it.each([
    ['nothing at all', '', /is empty/],
    ['a first line alone', `${HEADER}\n`, /nothing below it/],
    ['a row too short', `${HEADER}\n1,Jan,Jansen\n`, /Line 2 has 3 columns, the first line has 9/],
    ['a zero byte', `${HEADER}\n1,J\u0000n,Jansen,,,,,,\n`, /Line 2 holds a zero byte/],
    ['a quote that never closes', `${HEADER}\n1,"Jan,Jansen,,,,,,\n`, /quote opens and never closes/],
    ['a line of ten megabytes', `${HEADER}\n1,${'x'.repeat(10_000_000)},,,,,,,\n`, /Line 2 is longer than/],
    ['no names of columns', '1,2\n3,4\n', /No column has a name that says what it holds/],
  ])('says what is wrong with %s', async (_, text, message) => {
    await writeFile(join(folder, 'list.csv'), text);
    const said = await link(['list.csv', '--out', 'c.csv']);
    expect(said).toMatchObject({ code: 1, err: expect.stringMatching(message) });
    expect(await readdir(folder)).toEqual(['list.csv']);
  });

  it('says where a file is in another encoding', async () => {
    await writeFile(join(folder, 'list.csv'), Buffer.from(`${HEADER}\n1,Jürgen,,,,,,,\n`, 'latin1'));
    expect(await link(['list.csv', '--out', 'c.csv'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Line 2 is not UTF-8'),
    });
  });

  it('does not overwrite, unless told to', async () => {
    await customers('list.csv', 50);
    await writeFile(join(folder, 'c.csv'), 'mine');
    const words = ['list.csv', '--columns', COLUMNS, '--out', 'c.csv'];
    expect(await link(words)).toMatchObject({ code: 1, err: expect.stringContaining('is there already') });
    expect(await readFile(join(folder, 'c.csv'), 'utf8')).toBe('mine');
    expect(await link([...words, '--force'])).toMatchObject({ code: 0 });
    expect(await clustersIn('c.csv')).toHaveLength(50);
    expect(await link(['list.csv', '--out', 'list.csv', '--force'])).toMatchObject({ code: 2 });
  });
});

describe('hostile lists', () => {
  it('links a single row with nobody', async () => {
    await writeFile(join(folder, 'list.csv'), `${HEADER}\n1,Jan,Jansen,jan@x.example,,,,,\n`);
    expect(await link(['list.csv', '--columns', COLUMNS, '--out', 'c.csv'])).toMatchObject({ code: 0 });
    expect(await clustersIn('c.csv')).toEqual([{ row: 1, cluster: 1, size: 1, household: null }]);
  });

  it('takes a hundred thousand copies of a row for one person at once', async () => {
    const row = '1,Jan,Jansen,jan.jansen.1984@x.example,+31611111111,19700101,zandweg 7,9999xx,ergensveen\n';
    await writeFile(join(folder, 'list.csv'), `${HEADER}\n${row.repeat(100_000)}`);
    const said = await link(['list.csv', '--columns', COLUMNS, '--out', 'c.csv', '--id', 'no']);
    expect(said).toMatchObject({ code: 0, err: expect.stringContaining('99,999 rows are exact copies') });
    expect(said.err).toContain('99,999 rows have an id that an earlier row has, row 2 first');
    const rows = await clustersIn('c.csv');
    expect(rows).toHaveLength(100_000);
    expect(new Set(rows.map(({ cluster }) => cluster))).toEqual(new Set([1]));
  });

  it('says which values too many rows share to be compared for', async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => `${n},,,shop@x.example,+316${10_000_000 + n},,,,`);
    await writeFile(join(folder, 'list.csv'), `${HEADER}\n${rows.join('\n')}\n`);
    expect(await link(['list.csv', '--columns', COLUMNS, '--out', 'c.csv'])).toMatchObject({
      code: 0,
      err: expect.stringMatching(/Not compared by email: 1 value shared by too many rows/),
    });
  });

  it('reads quotes, line ends of Windows, a byte order mark and lists in any script', async () => {
    const rows = ['1,"Jansen, J.","a ""b""",jan@x.example', '2,דָּנָה,כֹּהֵן,dana@x.example', '3,Łukasz,Żak,l@x.example'];
    await writeFile(
      join(folder, 'list.csv'),
      `\uFEFFno,given,surname,email\r\n${rows.join('\r\n')}\r\n4,"two\nlines",x,y@x.example\r\n`,
    );
    expect(await link(['list.csv', '--out', 'c.csv', '--id', 'no'])).toMatchObject({ code: 0 });
    expect(await clustersIn('c.csv')).toHaveLength(4);
  });
});

it('leaves nothing behind when it is stopped', async () => {
  await writeAccounts(join(folder, 'list.csv'), 60_000, 'stopped');
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../src/cli.ts'), 'link', 'list.csv', '--out', 'c.csv', '--explain', 'l.csv'],
    { cwd: folder, stdio: 'ignore' },
  );
  while (!(await readdir(folder)).some((name) => name.endsWith('.part')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(130);
  expect(await readdir(folder)).toEqual(['list.csv']);
});

const febrl = join(import.meta.dirname, '../../../shared/data/febrl/dataset2.csv');

it.skipIf(!existsSync(febrl))('links FEBRL 2 from the command line', async () => {
  const columns =
    'given=given_name,surname,birth=date_of_birth,national=soc_sec_id,house_number=street_number,address=address_1,city=suburb,postcode,state';
  const said = await link([febrl, '--columns', columns, '--id', 'rec_id', '--out', 'c.csv', '--json']);
  expect(said.code).toBe(0);
  expect(JSON.parse(said.out)).toMatchObject({ rows: 5_000 });
  const lines = (await readFile(join(folder, 'c.csv'), 'utf8')).trim().split('\n').slice(1);
  const members = Map.groupBy(lines, (line) => line.split(',')[2] ?? '');
  const mixed = [...members.values()].filter(
    (group) => new Set(group.map((line) => /rec-\d+/.exec(line)?.[0])).size > 1,
  );
  expect(mixed.length).toBeLessThanOrEqual(2);
  expect(members.size).toBeLessThan(4_100);
});
