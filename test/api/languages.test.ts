import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { say } from '../../src/core/shared/words.ts';
import { formats } from '../../src/workflows/import/formats.ts';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';
import { languages } from '../support/languages.ts';
import { smallPolicy } from '../support/policy.ts';

let api: TestApi;
let owner: Visitor;
beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
});
afterAll(() => api.close());

const hebrew = languages.of('he');
const reading = (tags: string) => ({ 'accept-language': tags });
const page = async (address: string, tags = '') =>
  (await api.visitor().send('GET', address, undefined, tags === '' ? {} : reading(tags))).payload;

describe('the public policy page', () => {
  it('speaks what the address says, else what the browser asks for, else what the shop does', async () => {
    expect(await page('/policy/tulip')).toContain('<html lang="en" dir="ltr">');
    expect(await page('/policy/tulip', 'fr, nl-BE;q=0.8, he;q=0.5')).toContain('<html lang="nl" dir="ltr">');
    expect(await page('/policy/tulip?lang=he', 'nl')).toContain('<html lang="he" dir="rtl">');
    expect(await page('/policy/tulip?lang=tlh', 'pl')).toContain('<html lang="pl" dir="ltr">');
  });

  it('is told whole in each language the policy is translated into', async () => {
    for (const language of languages.all) {
      const told = await page(`/policy/tulip?lang=${language.code}`);
      expect(told).toContain(`<h2>${say(language, 'policy.heading.rule')}</h2>`);
      expect(told).toContain(`aria-current="true">${language.name}</b>`);
      expect(told).not.toMatch(/\{\{|undefined|<h3 lang=/);
      expect(told.match(/hreflang="/g)).toHaveLength(languages.all.length * 2 - 1);
    }
    expect(await page('/policy/tulip?lang=nl')).toContain('<h1>Eerlijk spel</h1>');
    expect(await page('/policy/tulip?lang=he')).toContain('<h1>משחק הוגן</h1>');
  });

  it('tells caches that its language depends on who asks', async () => {
    const response = await api.visitor().send('GET', '/policy/tulip', undefined, { 'accept-encoding': 'gzip' });
    expect(response.headers.vary).toBe('accept-language, accept-encoding');
  });

  it('marks what the shop did not translate, and says so', async () => {
    const other = await startApi();
    try {
      const visitor = await other.owner();
      const published = await visitor.post('/api/shops/tulip/policy/publish', {
        source: smallPolicy,
        note: 'Without translations.',
        expectedVersion: 1,
      });
      expect(published.statusCode, published.payload).toBe(200);
      const told = (await other.visitor().get('/policy/tulip?lang=he')).payload;
      expect(told).toContain('<h1 lang="en" dir="ltr">Small</h1>');
      expect(told).toContain('<p lang="en" dir="ltr">You send back most of what you order.</p>');
      expect(told).toContain('role="note"');
      expect((await other.visitor().get('/policy/tulip?lang=en')).payload).not.toContain('role="note"');
    } finally {
      await other.close();
    }
  });

  it('keeps the version when the language changes, and the other way round', async () => {
    const { source } = (await owner.get('/api/shops/tulip/policy')).json<ResponseOf<'GET /api/shops/:shop/policy'>>();
    await owner.post('/api/shops/tulip/policy/publish', {
      source: source.replace('name: Fair play', 'name: Fair game'),
      note: 'Another name.',
      expectedVersion: 1,
    });
    const earlier = await page('/policy/tulip?version=1&lang=nl');
    expect(earlier).toContain('href="/policy/tulip?lang=pl&amp;version=1"');
    expect(earlier).toContain('href="/policy/tulip?lang=nl"');
  });
});

describe('the console', () => {
  it('gives the policy and its changes in the reader’s language', async () => {
    const get = async <T>(address: string) => (await owner.send('GET', address, undefined, reading('nl'))).json<T>();
    const shown = await get<ResponseOf<'GET /api/shops/:shop/policy'>>('/api/shops/tulip/policy');
    expect(shown.prose.title).toBe('Eerlijk spel');
    expect(shown.prose.sections[0]?.title).toBe('Het meeste terugsturen van wat is besteld');
    const { changes } = await get<ResponseOf<'GET /api/shops/:shop/policy/diff'>>(
      '/api/shops/tulip/policy/diff?from=1&to=2',
    );
    expect(changes).toEqual([say(languages.of('nl'), 'policy.diff.name', { before: 'Fair play', after: 'Fair game' })]);
  });

  it('describes the file formats as the code that reads them does', async () => {
    const { items } = (await owner.get('/api/formats')).json<ResponseOf<'GET /api/formats'>>();
    for (const { name, title, summary, columns } of items) {
      const format = formats[name as keyof typeof formats];
      expect({ title, summary, columns }).toEqual({
        title: format.title,
        summary: format.summary,
        columns: format.columns.map(({ also: _otherNames, ...each }) => each),
      });
    }
  });

  it('refuses in the reader’s language', async () => {
    const refusal = await owner.send('GET', '/api/shops/nobody/home', undefined, reading('he'));
    expect([refusal.statusCode, refusal.json()]).toMatchObject([
      404,
      { title: say(hebrew, 'problems.title.notFound'), detail: say(hebrew, 'problems.access.noShop') },
    ]);
    const program = await api.visitor().send('POST', '/v1/events', {}, reading('he'));
    expect([program.statusCode, program.json().title]).toEqual([401, 'Sign in first']);
  });
});
