import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { runCommandLine } from '../../src/cli/frame.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { makeTestShop, testClock } from '../support/shop.ts';

let database: TestDatabase;
let folder: string;
let slug: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'evenhand command '));
  ({ slug } = await makeTestShop(database, testClock()));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function evenhand(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: [] as string[], err: [] as string[] };
  const code = await runCommandLine(words, {
    registry: COMMANDS,
    terminal: {
      out: (line) => void said.out.push(line),
      err: (line) => void said.err.push(line),
      raw: () => undefined,
      isScreen: false,
      columns: 80,
    },
    environment: { DATABASE_URL: database.adminUrl, EVENHAND_DATA: join(folder, 'data') },
    workingFolder: folder,
    signal: new AbortController().signal,
  });
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

it('decides about somebody, and has it in the ledger when it ends', async () => {
  const { code, out } = await evenhand('decide', '--shop', slug, '--email', 'guest@example.org', '--json');
  expect(code).toBe(0);
  const answer = JSON.parse(out) as { decision: string };
  expect(answer).toMatchObject({ outcome: 'allow', obligations: [], reasons: [], message: null });
  const rows = await database.db
    .selectFrom('ledger_event')
    .select('body')
    .where('kind', '=', 'decisions.allowed')
    .execute();
  expect(rows).toEqual([
    { body: expect.objectContaining({ first: answer.decision, last: answer.decision, surfaces: { purchase: 1 } }) },
  ]);
});

it('says in one line what it cannot decide about', async () => {
  expect(await evenhand('decide', '--shop', slug)).toMatchObject({
    code: 1,
    err: 'Nobody is named: give --external-id, --email or --phone.',
  });
  expect(await evenhand('decide', '--shop', slug, '--email', 'nobody')).toMatchObject({
    code: 1,
    err: '--email is not an e-mail address.',
  });
  expect(await evenhand('decide', '--shop', 'nowhere', '--email', 'a@b.example')).toMatchObject({
    code: 1,
    err: 'There is no shop with the short name "nowhere".',
  });
});

it('publishes a policy once, on top of the version its author knew', async () => {
  const file = join(folder, 'policy.yaml');
  const publish = (...more: string[]) =>
    evenhand('policy', 'publish', 'policy.yaml', '--shop', slug, '--note', 'Try', ...more);
  await writeFile(file, changed(smallPolicy, ['name: Small', 'name: Smaller']));
  expect(await publish('--author', 'Mia')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Published version 2'),
  });
  expect(await publish()).toMatchObject({ code: 0, out: expect.stringContaining('in force already, as version 2') });
  await writeFile(file, changed(smallPolicy, ['name: Small', 'name: Smallest']));
  expect(await publish('--expected-version', '1')).toMatchObject({
    code: 1,
    err: 'Mia published version 2 meanwhile: read it, then publish yours on top of it.',
  });
  await writeFile(file, changed(smallPolicy, ['advice: Order what you mean to keep.\n', '\n']));
  expect(await publish()).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^policy\.yaml:\d+:\d+ A warning says what to change/),
  });
});
