import { describe, expect, test } from 'vitest';
import { Refusal } from '../adapters/refusal.ts';
import { type AnyCommand, defineCommand, describeBug, type Registry, runCommandLine, type Terminal } from './frame.ts';
import { nearest } from './nearest.ts';

const rebuilt: unknown[] = [];

const commands: readonly AnyCommand[] = [
  defineCommand({
    name: 'import',
    summary: 'Adds a file of events to a shop',
    positionals: [{ name: 'FILE', about: 'the file to read' }],
    options: {
      shop: { type: 'string', value: 'SLUG', about: 'the shop it belongs to', required: true },
      format: {
        type: 'string',
        value: 'FORMAT',
        about: 'how the file is written',
        choices: ['events', 'orders-csv'],
        default: 'events',
      },
      quiet: { type: 'boolean', about: 'Says nothing' },
    },
    run: async ({ options, positionals, terminal }) => {
      terminal.out(`${positionals[0]} ${options.shop} ${options.format} ${options.quiet}`);
      return 0;
    },
  }),
  defineCommand({ name: 'ledger verify', summary: 'Checks the chain', options: {}, run: async () => 1 }),
  defineCommand({
    name: 'ledger rebuild',
    summary: 'Makes every projection anew',
    options: {},
    run: async (call) => {
      rebuilt.push(call.config().port);
      return 0;
    },
  }),
  defineCommand({
    name: 'refuse',
    summary: 'Is refused',
    options: {},
    run: async () => {
      throw new Refusal('The folder is in use.');
    },
  }),
  defineCommand({
    name: 'break',
    summary: 'Has a bug',
    options: {},
    run: async () => {
      throw new Error('a case is missing', { cause: new Error('because of this') });
    },
  }),
];
const registry: Registry = Object.fromEntries(
  commands.map((command) => [command.name, async () => ({ default: command })]),
);

async function run(line: string, environment: NodeJS.ProcessEnv = {}, signal = new AbortController().signal) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: (l) => out.push(l),
    err: (l) => err.push(l),
    raw: (t) => err.push(t),
    isScreen: false,
    columns: 80,
  };
  const code = await runCommandLine(line.split(' ').filter(Boolean), {
    registry,
    terminal,
    environment,
    workingFolder: '/',
    signal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('the command line', () => {
  test('runs a command with what it was given', async () => {
    expect(await run('import a.csv --shop demo --format=orders-csv --quiet')).toEqual({
      code: 0,
      out: 'a.csv demo orders-csv true',
      err: '',
    });
    expect((await run('import --shop demo a.csv')).out).toBe('a.csv demo events false');
  });

  test('knows commands of two words, and passes their exit code on', async () => {
    expect((await run('ledger verify')).code).toBe(1);
    expect((await run('ledger rebuild', { PORT: '4141' })).code).toBe(0);
    expect(rebuilt).toEqual([4141]);
  });

  test.each(['', 'help', '--help', '-h'])('lists every command for "%s"', async (line) => {
    const { code, out } = await run(line);
    expect(code).toBe(0);
    for (const command of commands) expect(out).toContain(`${command.name} `);
    expect(out).toContain('Adds a file of events to a shop');
  });

  test.each(['help import', 'import --help', 'import a.csv -h'])('explains one command for "%s"', async (line) => {
    const { code, out } = await run(line);
    expect(code).toBe(0);
    expect(out).toContain('Usage: evenhand import FILE --shop SLUG [--format FORMAT] [--quiet]');
    expect(out).toContain('how the file is written (events, orders-csv); events unless given');
  });

  test.each([
    ['imprt a.csv', 'There is no command "imprt". Did you mean "import"?'],
    ['frobnicate', 'There is no command "frobnicate". See "evenhand help".'],
    ['ledger verfy', 'There is no command "ledger verfy". Did you mean "ledger verify"?'],
    ['ledger', '"ledger" needs one more word: verify, rebuild.'],
    ['import a.csv --shpo demo', '"import" has no option --shpo. Did you mean --shop?'],
    ['import a.csv --zzz', '"import" has no option --zzz. See "evenhand import --help".'],
    ['import a.csv', '"import" needs --shop SLUG: the shop it belongs to.'],
    ['import --shop demo', '"import" needs FILE: the file to read.'],
    ['import a.csv --shop', '--shop needs a value: SLUG.'],
    ['import a.csv --shop demo --quiet=yes', '--quiet takes no value.'],
    ['import a.csv b.csv --shop demo', '"import" does not know what to do with "b.csv".'],
    [
      'import a.csv --shop demo --format event',
      '--format is one of events, orders-csv, not "event"; did you mean events?',
    ],
    ['import a.csv --shop=', '--shop is empty: give SLUG.'],
  ])('answers "%s" with one clear line and exit code 2', async (line, message) => {
    expect(await run(line)).toEqual({ code: 2, out: '', err: message });
  });

  test('prints a refusal as it is, without a stack', async () => {
    expect(await run('refuse')).toEqual({ code: 1, out: '', err: 'The folder is in use.' });
    expect(await run('ledger rebuild', { PORT: 'x' })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^PORT must be [^\n]*$/),
    });
  });

  test('tells of a bug in one line with its place, and everything when debugging', async () => {
    const short = await run('break');
    expect(short.code).toBe(1);
    expect(short.err).toMatch(
      /^Something went wrong in Evenhand itself: a case is missing: because of this \(src\/cli\/frame\.test\.ts:\d+:\d+\)[^\n]*$/,
    );
    const long = await run('break', { EVENHAND_DEBUG: '1' });
    expect(long.err).toMatch(/Error: a case is missing\n\s+at .*\ncaused by Error: because of this/s);
    expect(describeBug('odd', false)).toContain('odd');
  });

  test('an interrupted command has exit code 130', async () => {
    const controller = new AbortController();
    controller.abort();
    expect((await run('import a.csv --shop demo', {}, controller.signal)).code).toBe(130);
  });
});

describe('nearest', () => {
  test.each([
    ['evlauate', 'evaluate'],
    ['EVALUATE', 'evaluate'],
    ['polcy', 'policy'],
    ['xyz', null],
    ['', null],
  ])('of "%s" is %s', (typed, meant) => {
    expect(nearest(typed, ['evaluate', 'policy', 'import'])).toBe(meant);
  });
});
