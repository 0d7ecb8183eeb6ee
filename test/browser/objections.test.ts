import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../../src/core/shared/time.ts';
import { tellAllBindings } from '../../src/workflows/objections/tell-bindings.ts';
import { linkIn } from '../support/portal.ts';
import { links, objections } from './fixtures/links.ts';
import { asRole } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { overflowing } from './support/english.ts';
import { customerPage, type PortalLook, type PortalSite, servePortal } from './support/portal.ts';
import { openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints, shot } from './support/site.ts';

const BY = '00000000-0000-4000-8200-0000000000aa';

describe('the page of somebody who is taken for another customer', () => {
  let site: PortalSite;
  let chromium: TestBrowser;
  let time = 0;
  beforeAll(async () => {
    [site, chromium] = await Promise.all([servePortal(), launchBrowser()]);
    await site.measure(site.ada);
  }, 240_000);
  afterAll(async () => {
    await chromium?.close();
    await site?.close();
  });

  const tick = () => {
    site.api.time.now = instant(site.api.time.now + 1_000);
  };
  const said = async (kind: 'link.confirmed' | 'link.reopened') => {
    const shop = await site.shop();
    time += 1;
    await site.api.deps.store.transaction((store) =>
      store.ledger.append(shop, [
        {
          kind,
          body: { other: site.ada, by: BY },
          subject: { id: site.bo, identifiers: [], shown: {} },
          occurredAt: site.api.time.now,
          source: `staff:${BY}`,
          sourceId: `${kind}:${time}`,
        },
      ]),
    );
    tick();
    await tellAllBindings(site.api.deps, shop);
    await site.word();
  };

  const LOOKS: readonly PortalLook[] = [
    { size: 'phone', scheme: 'light', language: 'en' },
    { size: 'desk', scheme: 'dark', language: 'he' },
    { size: 'phone', scheme: 'light', language: 'pl', scripts: false },
  ];
  it.each(LOOKS)(
    'says what holds, takes the objection and shows how it goes ($size, $scheme, $language)',
    { timeout: 240_000 },
    async (look) => {
      await said('link.confirmed');
      const page = await customerPage(chromium.browser, site.origin, look);
      const found: Record<string, readonly string[]> = {};
      const check = async (name: string) => {
        if (look.scripts === false) return;
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const wrong = [
          ...(await accessibilityFindings(page)),
          ...(await overflowing(page)),
          ...(wide > 0 ? [`scrolls sideways by ${wide}`] : []),
        ];
        if (wrong.length > 0) found[name] = wrong;
        if (process.env.EVENHAND_SHOTS !== undefined)
          await shot(page, `objection-${name}-${look.size}-${look.language}`, { fullPage: true });
      };
      await site.owner.post(`/api/shops/tulip/customers/${site.bo}/portal-link`);
      await page.goto(linkIn((await site.mails())[0]));
      tick();
      await page.locator('main button').click();
      await check('standing');
      expect(await page.locator('main').innerText()).not.toMatch(/Ada|Lovelace/);
      await page.locator('a.button[href*="/bound/"]').click();
      await check('form');
      await page.locator('main form button').click();
      expect(await page.locator('[role="alert"]').count()).toBe(1);
      await check('not-filled-in');
      await page.locator('textarea').fill('I share a name with somebody, and nothing else.');
      await page.locator('main form button').click();
      await page.waitForURL(/\/objections\//);
      await check('follow');
      expect(await page.locator('main').innerText()).toContain('I share a name with somebody');
      await page.locator('details summary').click();
      await page.locator('details form button').click();
      await check('withdrawn');
      expect(found).toEqual({});
      await said('link.reopened');
      await page.goto('/c/tulip/standing');
      expect(await page.locator('a[href*="/bound/"]').count()).toBe(0);
      await page.context().close();
    },
  );
});

describe('the console', () => {
  let screens: Screens;
  beforeAll(async () => {
    screens = await openScreens();
  });
  afterEach(() => screens.tidy());
  afterAll(() => screens?.close());

  it('puts objections before the questions, and sends the answer with its reason', async () => {
    const bodies: unknown[] = [];
    const page = await screens.open('/shops/tulip/links', {
      ...links,
      'GET /api/shops/:shop/objections': { items: objections },
      'POST /api/shops/:shop/objections/:id': (asked) => {
        bodies.push(asked.body);
        return { ok: true };
      },
    });
    await page.getByRole('heading', { name: '“That is not me”' }).waitFor();
    await page.getByText('I share a name with my nephew').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'They are right' }).first().click();
    await page.getByText('Write why: the customer reads it.').waitFor();
    expect(bodies).toEqual([]);
    await page.getByLabel('Your reason').first().fill('You are two people.');
    await page.getByRole('button', { name: 'They are right' }).first().click();
    await page.getByText('Told apart. The customer is told.').first().waitFor();
    expect(bodies).toEqual([{ outcome: 'upheld', reason: 'You are two people.' }]);
    await page.getByText('You confirmed this link, so somebody else must answer.').waitFor();
    expect(complaints(page)).toEqual([]);
  });

  it('offers agents no answer', async () => {
    const page = await screens.open('/shops/tulip/links', {
      ...links,
      'GET /api/session': asRole('agent'),
      'GET /api/shops/:shop/objections': { items: objections.map((each) => ({ ...each, why: 'agent' as const })) },
    });
    await page.getByText('An owner or a manager answers this.').first().waitFor();
    expect(await page.getByRole('button', { name: 'They are right' }).count()).toBe(0);
  });
});
