import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';
import { languages } from '../support/languages.ts';

let api: TestApi;
let owner: Visitor;
beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
});
afterAll(() => api.close());

const address = '/api/shops/tulip/law';
const settle = (change: object) => owner.send('PATCH', '/api/shops/tulip/settings', change);

describe('what binds a shop', () => {
  it('is told by place, the nearest first, each line with its source', async () => {
    const law = (await owner.get(address)).json();
    expect(law.places.map(({ code }: { code: string }) => code)).toEqual(['NL', 'EU']);
    expect(law.places[1].entries).toContainEqual({
      id: 'eu_withdrawal_function',
      topic: 'Withdrawal function',
      sentence: expect.stringContaining('No measure may close it.'),
      source: {
        act: 'Directive 2011/83/EU as amended by Directive (EU) 2023/2673',
        article: 'art. 11a',
        url: 'https://eur-lex.europa.eu/eli/dir/2023/2673/oj',
      },
      from: '2026-06-19',
      checked: expect.any(String),
    });
    expect(law.notAdvice).toContain('not legal advice');
  });

  it('is told in the reader’s language', async () => {
    const law = (await owner.send('GET', address, undefined, { 'accept-language': 'he' })).json();
    expect(law.notAdvice).toContain('ייעוץ משפטי');
    expect(law.places[1].entries[0].topic).toBe('ביטול רכישה');
  });

  it('grows with what the shop says about itself, and says what is not known', async () => {
    const before = (await owner.get(address)).json();
    expect(before.places[1].onlyForPlatforms.length).toBeGreaterThan(3);
    await settle({ onlinePlatform: true, jurisdictions: ['NL', 'DE', 'BR'] });
    const after = (await owner.get(address)).json();
    expect(after.places[1].onlyForPlatforms).toEqual([]);
    expect(after.places[1].entries.map(({ id }: { id: string }) => id)).toContain('eu_platform_complaints');
    expect([after.partly, after.unknown]).toEqual([[{ code: 'DE', as: 'EU' }], ['BR']]);
    await settle({ onlinePlatform: false, jurisdictions: ['NL'] });
  });

  it('is what the policy in the editor is checked against', async () => {
    const { source } = (await owner.get('/api/shops/tulip/policy')).json();
    const taking = source.replace('surfaces: [purchase]', 'surfaces: [purchase, return]');
    expect(taking).not.toBe(source);
    const checked = (await owner.post('/api/shops/tulip/policy/check', { source: taking })).json();
    expect(checked.valid).toBe(false);
    expect(checked.findings).toContainEqual(
      expect.objectContaining({ about: '6', message: expect.stringContaining('Directive 2011/83/EU, art. 9') }),
    );
  });
});

it('the places that can be chosen are known to anybody, before there is a shop', async () => {
  const { codes } = (await api.visitor().get('/api/jurisdictions')).json();
  expect(codes).toEqual(expect.arrayContaining(['CN', 'DE', 'EU', 'GB', 'IL', 'NL', 'PL', 'US']));
  expect(codes).not.toContain('BR');
});

describe('the page about the law', () => {
  it.each(languages.all.map(({ code, dir }) => [code, dir]))('reads without a script in %s', async (code, dir) => {
    const response = await api.visitor().get(`/docs/law?lang=${code}`);
    expect([response.statusCode, response.headers.vary]).toEqual([200, expect.stringContaining('accept-language')]);
    const page = response.payload;
    expect(page).toContain(`<html lang="${code}" dir="${dir}">`);
    expect(page).not.toMatch(/<script|style=|undefined|\[object|\{\{/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
    expect(page).toContain('https://eur-lex.europa.eu/eli/dir/2011/83/oj');
  });

  it('answers in the language the browser asks for', async () => {
    const page = await api.visitor().send('GET', '/docs/law', undefined, { 'accept-language': 'pl-PL, en;q=0.5' });
    expect(page.payload).toContain('nie porada prawna');
  });
});
