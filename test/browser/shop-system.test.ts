import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from './fixtures/answer.ts';
import { asRole, emptyHome, home, id, refused } from './fixtures/shop.ts';
import { calmConnection, check, connection, rowOf, run } from './fixtures/shop-system/connection.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const PLACE = '/shops/tulip/shop-system';
const nothing: Answers = { 'GET /api/shops/:shop/connections': { items: [] } };
const being = (over: Partial<typeof connection>): Answers => {
  const shown = { ...connection, ...over };
  return {
    'GET /api/shops/:shop/connections': { items: [rowOf(shown)] },
    'GET /api/shops/:shop/connections/:id': shown,
  };
};

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe.each([
  ['what to connect', PLACE, nothing],
  ['one platform', `${PLACE}?platform=shopify`, nothing],
  ['how it goes', PLACE, {}],
  ['what came in', `${PLACE}?tab=received`, {}],
  ['what was done', `${PLACE}?tab=acts`, {}],
  ['what it can do', `${PLACE}?tab=abilities`, {}],
  ['its settings', `${PLACE}?tab=settings`, {}],
] as const)('%s', (_name, path, answers) => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(path, answers, look);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(path, answers, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

describe('before anything is connected', () => {
  it('offers each platform with its three steps, and leads to it', async () => {
    const page = await screens.open(PLACE, nothing);
    await page.getByText('The three steps with WooCommerce').click();
    await page.getByText('In WordPress, under Plugins, upload the Evenhand plug-in and switch it on.').waitFor();
    await page.getByRole('link', { name: 'Connect WooCommerce' }).click();
    await page.getByRole('heading', { name: 'Connect WooCommerce', level: 1 }).waitFor();
    await page.getByLabel('Consumer key').waitFor();
    await page.getByText('Not possible').first().waitFor();
  });

  it('leaves connecting to owners', async () => {
    const page = await screens.open(PLACE, { ...nothing, 'GET /api/session': asRole('manager') });
    await page.getByText('Connecting is for owners. Ask one of them.').waitFor();
    expect(await page.getByRole('link', { name: /^Connect / }).count()).toBe(0);
  });

  it('tests what was typed and says right by right what is missing and what is lost without it', async () => {
    let body: unknown;
    const page = await screens.open(`${PLACE}?platform=woocommerce`, {
      ...nothing,
      'POST /api/shops/:shop/connections/check': (asked) => {
        body = asked.body;
        return check;
      },
    });
    await page.getByRole('button', { name: 'Test the connection' }).click();
    expect(await page.getByText('Please fill this in.').count()).toBe(3);
    await page.getByLabel('Address of the shop').fill(' https://shop.example.com ');
    await page.getByLabel('Consumer key').fill('ck_1');
    await page.getByLabel('Consumer secret').fill('cs_1');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('The connection works, but rights are missing.').waitFor();
    await page.getByText('write_store_credit_account_transactions').waitFor();
    await page.getByText('Without it: Give store credit').waitFor();
    expect(body).toEqual({
      platform: 'woocommerce',
      address: 'https://shop.example.com',
      credentials: { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
    });
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('says beside a field what is wrong with it, and elsewhere what no field can say', async () => {
    const page = await screens.open(`${PLACE}?platform=vendure`, {
      ...nothing,
      'POST /api/shops/:shop/connections': {
        ...refused(400, 'This is not right yet.'),
        errors: [{ field: 'address', message: 'This is not the address of a shop.' }],
      },
    });
    await page.getByLabel('Address of the shop').fill('nowhere');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('This is not the address of a shop.').waitFor();
  });

  it('shows the secrets once, with where they are to be pasted', async () => {
    let connected = false;
    const page = await screens.open(`${PLACE}?platform=vendure`, {
      'GET /api/shops/:shop/connections': () => ({ items: connected ? [rowOf(calmConnection)] : [] }),
      'GET /api/shops/:shop/connections/:id': calmConnection,
      'POST /api/shops/:shop/connections': () => {
        connected = true;
        return {
          connection: id(7_001),
          hookUrl: 'https://fair.tulip.example/hooks/1',
          hookSecret: 'whsec_once',
          apiKey: 'ev_once',
          signInAt: null,
          check: null,
        };
      },
    });
    await page.getByLabel('Address of the shop').fill('https://shop.example.com');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('heading', { name: 'Connected. One thing is left' }).waitFor();
    await page.getByText('In the options of the Evenhand plug-in, in your server’s configuration.').waitFor();
    expect(await page.getByLabel('Webhook secret').first().inputValue()).toBe('whsec_once');
    expect(await page.getByLabel('API key').first().inputValue()).toBe('ev_once');
    expect(page.url()).not.toContain('once');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have pasted them' }).click();
    await page.getByText(/Connected\. Shopify last told us something/).waitFor();
    expect(await page.getByText('whsec_once').count()).toBe(0);
  });

  it('sends who signs in there to the platform', async () => {
    const page = await screens.open(`${PLACE}?platform=shopify`, {
      ...nothing,
      'POST /api/shops/:shop/connections': {
        connection: id(7_001),
        hookUrl: 'https://fair.tulip.example/hooks/1',
        hookSecret: null,
        apiKey: null,
        signInAt: 'https://tulip.myshopify.com/admin/oauth/authorize?state=1',
        check: null,
      },
    });
    await page.getByLabel('Address of the shop').fill('tulip.myshopify.com');
    await page.getByLabel('Client ID').fill('1');
    await page.getByLabel('Client secret').fill('2');
    await page.getByRole('radio', { name: 'By signing in at Shopify' }).check();
    expect(await page.getByRole('button', { name: 'Test the connection' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sign in at Shopify' }).click();
    const way = page.getByRole('link', { name: 'Go to Shopify' });
    await way.waitFor();
    expect(await way.getAttribute('href')).toContain('/admin/oauth/authorize');
  });
});

describe('a connection', () => {
  it('says how it does first, then what needs a person, and leads there', async () => {
    const page = await screens.open(PLACE);
    await page.getByText(/Connected\. Shopify last told us something .*\d minutes? ago/).waitFor();
    await page.getByText('2 webhooks could not be read.').waitFor();
    await page.getByText('12 webhooks were turned away in the last 24 hours. The signature does not fit').waitFor();
    await page.getByText('Found 3 that webhooks had missed').waitFor();
    await page.getByRole('link', { name: 'Look at them' }).first().click();
    await page.waitForURL(/tab=received&show=refused/);
    await page.getByText(/It lacks “line_items/).waitFor();
    expect(await page.getByText('refunds/create').count()).toBe(0);
  });

  it('says nothing of trouble when there is none', async () => {
    const page = await screens.open(PLACE, being(calmConnection));
    await page.getByText('Missed nothing').waitFor();
    expect(await page.getByText('This needs a person').count()).toBe(0);
  });

  it('shows how far the past is fetched, how fast, and when it is done; it can be stopped', async () => {
    let stopped = '';
    const page = await screens.open(PLACE, {
      'POST /api/shops/:shop/connections/:id/runs/:other/stop': ({ url }) => {
        stopped = url.pathname;
        return { ok: true };
      },
    });
    await page.getByText('38,400 of 100,000').first().waitFor();
    await page.getByText(/a minute$/).waitFor();
    await page.getByText(/^ready .*in /).waitFor();
    await page.getByText('You can close this page: it goes on by itself.').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped. It can go on from where it was.').first().waitFor();
    expect(stopped).toContain(`/runs/${run(1).id}/stop`);
  });

  it('begins to fetch the past after saying what that means, and goes on with what was given up', async () => {
    const asked: unknown[] = [];
    const answers = {
      'POST /api/shops/:shop/connections/:id/history': ({ body }: { body: unknown }) => {
        asked.push(body);
        return run(9);
      },
    } satisfies Answers;
    const fresh = await screens.open(PLACE, { ...being({ ...calmConnection, runs: [] }), ...answers });
    await fresh.getByText('The past has not been fetched yet.').waitFor();
    await fresh.getByRole('button', { name: 'Fetch the past' }).click();
    const dialog = fresh.getByRole('dialog', { name: 'Fetch the past from Shopify?' });
    await dialog.getByText(/nobody is warned, restricted or blocked by it before a person agrees/).waitFor();
    await dialog.getByLabel('Only from this day on').fill('2026-01-01');
    expect(await accessibilityFindings(fresh)).toEqual([]);
    await dialog.getByRole('button', { name: 'Fetch the past' }).click();
    await fresh.getByText('It has begun.').first().waitFor();
    expect(asked).toEqual([{ since: '2025-12-31T23:00:00.000Z' }]);
    await screens.tidy();
    const page = await screens.open(PLACE, being({ runs: connection.runs.slice(1) }));
    await page.getByText('Shopify did not answer for six hours.').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('It goes on from where it was.').first().waitFor();
  });

  it('asks an owner to connect again where the platform no longer lets us in, and others to ask one', async () => {
    const lost = being({ state: 'reconnect' });
    const page = await screens.open(PLACE, {
      ...lost,
      'PATCH /api/shops/:shop/connections/:id': {
        connection: id(7_001),
        hookUrl: connection.hookUrl,
        hookSecret: null,
        apiKey: null,
        signInAt: null,
        check: null,
      },
    });
    await page.getByText(/Shopify no longer lets Evenhand in\. Nothing is lost/).waitFor();
    await page.getByRole('link', { name: 'Connect again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect Shopify again' });
    await dialog.getByLabel('Client ID').fill('1');
    await dialog.getByLabel('Client secret', { exact: false }).first().fill('2');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Connect again' }).click();
    await page.getByText('Connected again.').first().waitFor();
    await screens.tidy();
    const agent = await screens.open(PLACE, { ...lost, 'GET /api/session': asRole('agent') });
    await agent.getByText('Ask an owner to do it.').waitFor();
  });

  it('lets staff try again, call off and take back what was done there', async () => {
    const asked: [string, unknown][] = [];
    const keep = ({ url, body }: { url: URL; body: unknown }) => {
      asked.push([url.pathname.replace('/api/shops/tulip', ''), body]);
      return { ok: true as const };
    };
    const page = await screens.open(`${PLACE}?tab=acts`, {
      'POST /api/shops/:shop/acts/:id/retry': keep,
      'POST /api/shops/:shop/acts/:id/cancel': keep,
      'POST /api/shops/:shop/acts/:id/undo': (each) => {
        keep(each);
        return { act: id(7_299) };
      },
    });
    await page.getByText('Shopify says that this return was answered already.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('It is tried again now.').first().waitFor();
    await page.getByRole('button', { name: 'Call it off' }).last().click();
    await page.getByText('Called off: it is not done any more.').first().waitFor();
    await page.getByRole('button', { name: 'Release the order' }).click();
    await page.getByText('It is being taken back.').first().waitFor();
    expect(asked).toEqual([
      [`/acts/${id(7_202)}/retry`, null],
      [`/acts/${id(7_204)}/cancel`, null],
      [`/acts/${id(7_201)}/undo`, null],
    ]);
  });

  it('reads a refused webhook again', async () => {
    let asked = '';
    const page = await screens.open(`${PLACE}?tab=received`, {
      'POST /api/shops/:shop/connections/:id/received/:other/retry': ({ url }) => {
        asked = url.pathname;
        return { ok: true };
      },
    });
    await page.getByRole('button', { name: 'Read it again' }).click();
    await page.getByText('It is read again now.').first().waitFor();
    expect(asked).toContain(`/received/${id(7_102)}/retry`);
  });

  it('keeps its settings, and offers only what the platform can do', async () => {
    let body: unknown;
    const page = await screens.open(`${PLACE}?tab=settings`, {
      ...being({
        abilities: connection.abilities.map((each) =>
          each.name === 'decline_return' ? { ...each, how: 'no' as const } : each,
        ),
      }),
      'PATCH /api/shops/:shop/connections/:id': (asked) => {
        body = asked.body;
        return {
          connection: id(7_001),
          hookUrl: connection.hookUrl,
          hookSecret: null,
          apiKey: null,
          signInAt: null,
          check: null,
        };
      },
    });
    expect(await page.getByRole('switch', { name: 'Decline returns that may be declined' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: 'Cancel the order' }).check();
    await page.getByLabel('Hours until we are reminded of a held order').fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Please write a whole number from 1 to 336.').waitFor();
    await page.getByLabel('Hours until we are reminded of a held order').fill('24');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').first().waitFor();
    expect(body).toEqual({ settings: { ...connection.settings, afterOrder: 'cancel', holdHours: 24 } });
  });

  it('makes a new secret without losing a webhook, and shows it once', async () => {
    const page = await screens.open(`${PLACE}?tab=settings`, being({ platform: 'vendure' }));
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByText(/The old one stays good for a day/).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new secret' }).click();
    const dialog = page.getByRole('dialog', { name: 'The new webhook secret' });
    await dialog.waitFor();
    expect(await dialog.getByLabel('Webhook secret').first().inputValue()).toMatch(/^whsec_/);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('shows no secret that nobody has to paste, and offers none where the platform has its own', async () => {
    const page = await screens.open(`${PLACE}?tab=settings`, being({ platform: 'woocommerce' }));
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByText(/sets it in WooCommerce by itself/).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new secret' }).click();
    await page.getByText('The new secret is set.').first().waitFor();
    expect(await page.getByLabel('Webhook secret').count()).toBe(0);
    await screens.tidy();
    const shopify = await screens.open(`${PLACE}?tab=settings`);
    await shopify.getByText('Shopify signs with the client secret of your app.').waitFor();
    expect(await shopify.getByRole('button', { name: 'New secret' }).count()).toBe(0);
  });

  it('says all that will happen before it is disconnected', async () => {
    let live = true;
    const page = await screens.open(`${PLACE}?tab=settings`, {
      'GET /api/shops/:shop/connections': () => ({
        items: [live ? rowOf(connection) : { ...rowOf(connection), state: 'disconnected' }],
      }),
      'POST /api/shops/:shop/connections/:id/disconnect': () => {
        live = false;
        return { ok: true };
      },
    });
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Disconnect Shopify?' });
    await dialog.getByText('The marks on 41 customers are taken away in Shopify first.').waitFor();
    await dialog.getByText('Nobody is refused at the checkout any more. Measures stay in force here.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Which system is it?').waitFor();
    await page.getByText('Connected before').waitFor();
  });

  it('lets who only reads see all of it and change nothing', async () => {
    const page = await screens.open(PLACE, { 'GET /api/session': asRole('auditor') });
    await page.getByText('38,400 of 100,000').first().waitFor();
    for (const name of ['Stop', 'Compare now', 'Fetch it again'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByText('Only owners change these.').waitFor();
    for (const name of ['Save', 'New secret', 'Disconnect', 'Connect again', 'Test the connection'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
  });

  it('offers to try again when it does not come', async () => {
    const page = await screens.open(PLACE, {
      'GET /api/shops/:shop/connections/:id': refused(500, 'Something broke.'),
    });
    await page.getByText('Something broke.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await screens.tidy();
    const list = await screens.open(`${PLACE}?tab=received`, {
      'GET /api/shops/:shop/connections/:id/received': { items: [], next: null },
    });
    await list.getByText('Nothing has come in yet').waitFor();
  });

  it('is a place of its own, by key too, with a mark when it needs a person', async () => {
    const page = await screens.open('/shops/tulip', {
      'GET /api/shops/:shop/home': {
        ...home,
        shopSystem: { platform: 'shopify', state: 'reconnect', refused: 2, actsFailed: 1 },
        webhooksOff: 1,
      },
    });
    await page.getByText(/Your shop system no longer lets Evenhand in/).waitFor();
    await page.getByText('1 thing could not be done in your shop system.').waitFor();
    await page.getByText('1 webhook to another system was switched off').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('g');
    await page.keyboard.press('y');
    await page.waitForURL('**/shop-system');
    await page.getByRole('heading', { name: 'Shop system', level: 1 }).waitFor();
  });

  it('is offered on the first page, each platform with its steps', async () => {
    const page = await screens.open('/shops/tulip', { ...nothing, 'GET /api/shops/:shop/home': emptyHome });
    await page.getByText('The three steps with Medusa').click();
    await page
      .getByText('Add the Evenhand plug-in to your Medusa server, and make a secret API key in its admin.')
      .waitFor();
    await page.getByRole('link', { name: 'Connect Medusa' }).click();
    await page.waitForURL(/shop-system\?platform=medusa/);
  });
});
