import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeasureId } from '../../src/core/shared/brand.ts';
import { instant } from '../../src/core/shared/time.ts';
import { tellAllBindings } from '../../src/workflows/objections/tell-bindings.ts';
import { linkIn, type PortalBrowser, type PortalScene, startPortal } from '../support/portal.ts';

let scene: PortalScene;
let measure: MeasureId;
beforeAll(async () => {
  scene = await startPortal();
  ({ measure } = await scene.measure(scene.ada));
});
afterAll(() => scene.api.close());

const tick = () => {
  scene.api.time.now = instant(scene.api.time.now + 1_000);
};
/** Staff take Bo for Ada: somebody who does not work here any more said so. */
async function confirmed(): Promise<void> {
  const { api, ada, bo } = scene;
  const shop = await scene.shop();
  const by = '00000000-0000-4000-8200-0000000000aa';
  await api.deps.store.transaction((store) =>
    store.ledger.append(shop, [
      {
        kind: 'link.confirmed',
        body: { other: ada, by },
        subject: { id: bo, identifiers: [], shown: {} },
        occurredAt: api.time.now,
        source: `staff:${by}`,
        sourceId: 'link.confirmed:1',
      },
    ]),
  );
  await tellAllBindings(api.deps, shop);
  await scene.word();
}
async function enterByLetter(): Promise<PortalBrowser> {
  const [letter] = await scene.mails();
  const browser = scene.browser();
  const link = linkIn(letter);
  await browser.go(link);
  await browser.submit(link);
  tick();
  return browser;
}

describe('somebody who is taken for another customer', () => {
  it('is told by letter, reads on their page what holds there, and nothing about the other account', async () => {
    await confirmed();
    const [letter] = await scene.mails();
    expect(letter?.to).toEqual(['bo@example.org']);
    const browser = await enterByLetter();
    expect(browser.address).toBe('/c/tulip/standing');
    for (const text of [letter?.text ?? '', browser.html]) {
      expect(text).toContain('Sending back most of what was ordered');
      expect(text).not.toMatch(/Ada|Lovelace|ada@|C-1\b|A-10|Most of what was ordered came back/);
    }
    expect(browser.html).toContain('A decision about another account holds here too.');
    expect(browser.html).not.toContain('Nothing stands against you');
    expect(browser.html).toContain('You pay before we send.');
    expect(browser.html).not.toContain(`/decisions/${measure}`);
    expect((await browser.go(`/c/tulip/decisions/${measure}`)).statusCode).toBe(404);
    expect((await browser.go(`/c/tulip/decisions/${measure}/appeal`)).statusCode).toBe(404);
  });

  it('says that it is not them, is answered in the console, and is free at once', async () => {
    const { owner, bo, ada } = scene;
    await owner.post(`/api/shops/tulip/customers/${bo}/portal-link`);
    const browser = await enterByLetter();
    const form = `/c/tulip/bound/${measure}/object`;
    expect(browser.html).toContain(`href="${form}"`);
    expect((await browser.go(form)).statusCode).toBe(200);
    expect((await browser.submit(form, { text: 'no' })).statusCode).toBe(422);
    expect(browser.html).toContain('aria-invalid="true"');
    await browser.submit(form, { text: 'I have never heard of that account. <script>' });
    expect(browser.address).toMatch(/^\/c\/tulip\/objections\/[0-9a-f-]{36}$/);
    expect(browser.html).toContain('We have it, and somebody looks at it.');
    expect(browser.html).toContain('I have never heard of that account. &lt;script&gt;');
    const followed = browser.address;
    await browser.go(form);
    expect(browser.address).toBe(followed);

    await owner.post(`/api/shops/tulip/customers/${ada}/portal-link`);
    const adas = await enterByLetter();
    expect((await adas.go(followed)).statusCode).toBe(404);
    expect((await adas.go(form)).statusCode).toBe(404);

    const { items } = (await owner.get('/api/shops/tulip/objections')).json();
    expect(items).toMatchObject([
      { one: { id: bo }, other: { id: ada, bound: true }, why: null, overdue: false, round: 1 },
    ]);
    expect((await owner.get('/api/shops/tulip/home')).json().linksWaiting).toBe(1);
    const answer = `/api/shops/tulip/objections/${items[0].id}`;
    expect((await owner.post(answer, { outcome: 'upheld', reason: '' })).statusCode).toBe(400);
    expect((await owner.post(answer, { outcome: 'upheld', reason: 'You are quite right.' })).statusCode).toBe(200);
    expect((await owner.post(answer, { outcome: 'rejected', reason: 'No.' })).statusCode).toBe(409);
    await browser.go(followed);
    expect(browser.html).toContain('the two accounts have nothing to do with each other');
    expect(browser.html).toContain('You are quite right.');
    await browser.go('/c/tulip/standing');
    expect(browser.html).not.toContain('another account');
    expect(browser.html).toContain(`href="${followed}"`);
    await scene.word();
    expect((await scene.mails()).map(({ to, subject }) => `${to} ${subject.replace(/^.*: /, '')}`)).toContain(
      'bo@example.org you were right',
    );
  });
});
