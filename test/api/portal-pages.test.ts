import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectionId, type CustomerId, id, type MeasureId } from '../../src/core/shared/brand.ts';
import { addPeriod, days } from '../../src/core/shared/period.ts';
import { instant } from '../../src/core/shared/time.ts';
import { writeEntries } from '../../src/workflows/lists/write-entries.ts';
import { uuid } from '../support/events.ts';
import { added, known } from '../support/offers.ts';
import { codeIn, type PortalBrowser, type PortalScene, returningLife, startPortal } from '../support/portal.ts';

let scene: PortalScene;
let adas: { measure: MeasureId; link: string };
let bos: { measure: MeasureId; link: string };
beforeAll(async () => {
  scene = await startPortal();
  adas = await scene.measure(scene.ada);
  bos = await scene.measure(scene.bo);
});
afterAll(() => scene.api.close());

const enter = async (link: string): Promise<PortalBrowser> => {
  const browser = scene.browser();
  await browser.go(link);
  await browser.submit(link);
  return browser;
};
const freshLink = async (customer: CustomerId): Promise<string> => {
  await scene.owner.post(`/api/shops/tulip/customers/${customer}/portal-link`);
  const [mail] = await scene.mails();
  scene.api.time.now = instant(scene.api.time.now + 1_000);
  return /\/c\/tulip\/open\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
};
const enterAs = async (customer: CustomerId) => enter(await freshLink(customer));

/** A picture of one pixel. */
function png(): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from([0, 200, 30, 30]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('my standing', () => {
  it('shows what applies, the own numbers beside the limits, and what did not count with the reason', async () => {
    const browser = await enterAs(scene.ada);
    const { html } = browser;
    expect(html).toContain('Some conditions apply to you until 28 August 2026.');
    expect(html).toContain('You pay before we send.');
    expect(html).toContain('Sending back most of what was ordered');
    expect(html).toMatch(/How much you sent back of what you bought<\/span><b>\d/);
    expect(html).toContain('Our policy: 60% or more');
    expect(html).toMatch(/<s>[^<]*<\/s><span><s>A return<\/s> <b>it was our own fault<\/b>/);
    expect(html).toContain(`href="/c/tulip/decisions/${adas.measure}"`);
    expect(html).not.toContain('B-1001');
    expect(html).not.toContain('Olga');
  });

  it('tells a good customer so, warmly', async () => {
    const { api } = scene;
    const [outcome] = await api.deps.store.transaction(async (store) =>
      store.ledger.append(await scene.shop(), [
        {
          kind: 'order.placed',
          body: { order: 'G-1', total: { amount: 30_00, currency: 'EUR' }, lines: [] },
          subject: { identifiers: [{ type: 'email', value: 'cy@example.org' }], shown: { email: 'cy@example.org' } },
          occurredAt: addPeriod(api.time.now, days(-60)),
          source: 'test',
          sourceId: 'good',
        },
      ]),
    );
    if (outcome?.status !== 'added' || outcome.customer === null) throw new Error('No customer');
    const browser = await enterAs(outcome.customer);
    expect(browser.html).toContain('You are in good standing.');
    expect(browser.html).toContain('Thank you for being our customer.');
    expect(browser.html).toContain('None of your numbers comes near a limit');
  });

  it('answers within 100 ms for somebody who has been buying for years', async () => {
    const { api } = scene;
    const subject = known({ email: 'dora@example.org', externalId: 'C-9' });
    const [outcome] = await api.deps.store.transaction(async (store) =>
      store.ledger.append(await scene.shop(), returningLife(subject, 'D', api.time.now, 150)),
    );
    const browser = await enterAs(added(outcome).customer as CustomerId);
    const times: number[] = [];
    for (let round = 0; round < 15; round += 1) {
      const began = performance.now();
      await browser.go('/c/tulip/standing');
      times.push(performance.now() - began);
    }
    expect(Math.min(...times)).toBeLessThan(100);
    expect(browser.html).toMatch(/What counted: \d+ times/);
  });
});

describe('the decision', () => {
  it('is the statement of reasons as it was sent, with one button', async () => {
    const browser = await enterAs(scene.ada);
    await browser.go(`/c/tulip/decisions/${adas.measure}`);
    expect(browser.html).toContain('Until 28 August 2026 the following holds when you shop with us.');
    expect(browser.html).toContain('Most of what was ordered came back.');
    expect(browser.html.match(/class="button"/g)).toHaveLength(1);
    expect(browser.html).toContain(`href="/c/tulip/decisions/${adas.measure}/appeal">I disagree`);
    expect(browser.html).not.toMatch(/\/open\//);
    expect(browser.html).not.toContain('Olga');
  });

  it('of somebody else is not there, and cannot be appealed', async () => {
    const browser = await enterAs(scene.ada);
    for (const path of ['', '/appeal', '/apply']) {
      expect((await browser.go(`/c/tulip/decisions/${bos.measure}${path}`)).statusCode).toBe(404);
      expect(browser.html).toContain('There is nothing here');
    }
    await browser.go(`/c/tulip/decisions/${adas.measure}/appeal`);
    const sent = await browser.upload(`/c/tulip/decisions/${bos.measure}/appeal`, [
      ['ground', 'other'],
      ['text', 'This is about the measure of somebody else.'],
    ]);
    expect(sent.statusCode).toBe(404);
    const { id } = await scene.shop();
    expect(await scene.api.deps.store.appeals.ofCustomer(id, scene.bo)).toEqual([]);
    expect(await scene.api.deps.store.appeals.ofCustomer(id, scene.ada)).toEqual([]);
    for (const wrong of ['x', '%00', '../..', "' or 1=1"])
      expect((await browser.go(`/c/tulip/decisions/${encodeURIComponent(wrong)}`)).statusCode).toBe(404);
  });
});

describe('an appeal', () => {
  it('says what is missing, keeps what was written, and escapes it', async () => {
    const browser = await enterAs(scene.ada);
    const form = `/c/tulip/decisions/${adas.measure}/appeal`;
    await browser.go(form);
    expect(browser.html).toContain('enctype="multipart/form-data"');
    expect(browser.html).toContain('A return');
    await browser.upload(form, [['text', '</textarea><script>alert(1)</script>']]);
    expect(browser.page?.statusCode).toBe(422);
    expect(browser.html).toContain('Choose what is wrong.');
    expect(browser.html).not.toContain('<script>alert');
    expect(browser.html).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)');
    await browser.upload(form, [
      ['ground', 'shop_fault'],
      ['text', 'short'],
    ]);
    expect(browser.html).toContain('Please explain in at least 10 characters');
    expect(browser.html).toContain('value="shop_fault" checked');
  });

  it('refuses files that are not what they say, too many and too large, by name', async () => {
    const browser = await enterAs(scene.ada);
    const form = `/c/tulip/decisions/${adas.measure}/appeal`;
    const fields = [
      ['ground', 'shop_fault'],
      ['text', 'The goods were broken when they came.'],
    ] as const;
    const tried = async (files: Parameters<PortalBrowser['upload']>[2]) => {
      await browser.go(form);
      const response = await browser.upload(form, fields, files);
      expect(response.statusCode).toBe(422);
      expect(browser.html).toContain('Choose your files again');
      return browser.html;
    };
    const file = (name: string, bytes: Buffer, type = 'image/png') => ({ name, bytes, type });
    expect(await tried([file('drawing.svg', Buffer.from('<svg onload="alert(1)"/>'), 'image/svg+xml')])).toContain(
      'drawing.svg',
    );
    expect(await tried([file('archive.png', Buffer.from('PK\u0003\u0004zip'))])).toContain('archive.png');
    expect(await tried([file('../../etc/passwd', Buffer.from('root:x:0:0'))])).toContain('“passwd”');
    expect(await tried([file('large.png', Buffer.concat([png(), Buffer.alloc(10_100_000)]))])).toContain('10 MB');
    expect(await tried(Array.from({ length: 6 }, (_, at) => file(`p${at}.png`, png())))).toContain('up to 5 files');
    const { id } = await scene.shop();
    expect(await scene.api.deps.store.appeals.ofCustomer(id, scene.ada)).toEqual([]);
  });

  it('answers 200 MB before it reads them', async () => {
    const browser = await enterAs(scene.ada);
    const response = await scene.api.app.inject({
      method: 'POST',
      url: `/c/tulip/decisions/${adas.measure}/appeal`,
      headers: {
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '200000000',
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      payload: 'x',
    });
    expect(response.statusCode).toBe(413);
    expect(response.body).toContain('That was too much at once');
    expect(response.headers.connection).toBe('close');
  });

  it('is taken in with its files, acknowledged with a deadline, followed and taken back, without a script', async () => {
    const browser = await enterAs(scene.ada);
    const form = `/c/tulip/decisions/${adas.measure}/appeal`;
    await browser.go(form);
    const disputed = /name="disputed" value="([^"]+)"/.exec(browser.html)?.[1] ?? '';
    await browser.upload(
      form,
      [
        ['ground', 'shop_fault'],
        ['disputed', disputed],
        ['text', 'The dress was <b>torn</b> when it came.\n\nI told you so at once.'],
      ],
      [{ name: '../photo.png', type: 'image/png', bytes: png() }],
    );
    expect(browser.page?.statusCode).toBe(200);
    expect(browser.address).toMatch(/^\/c\/tulip\/appeals\/[0-9a-f-]{36}\?done=filed$/);
    expect(browser.html).toContain('We have it');
    expect(browser.html).toMatch(/You get our answer by \d+ March 2026\./);
    expect(browser.html).toContain('The dress was &lt;b&gt;torn&lt;/b&gt; when it came.');
    expect(browser.html).toContain('photo.png');
    expect(browser.html).not.toContain('../photo.png');
    const followed = browser.address.replace('?done=filed', '');

    const other = await enterAs(scene.bo);
    expect((await other.go(followed)).statusCode).toBe(404);
    await other.go('/c/tulip/standing');
    expect((await other.submit(`${followed}/withdraw`)).statusCode).toBe(404);

    await browser.go(form);
    expect(browser.page?.statusCode).toBe(409);
    expect(browser.html).toContain('You have already asked us to look at this decision.');
    await browser.go(`/c/tulip/decisions/${adas.measure}`);
    expect(browser.html).toContain('See how your appeal goes');
    await browser.go(followed);
    await browser.submit(`${followed}/withdraw`);
    expect(browser.html).toContain('You have taken it back.');
    expect(browser.html).not.toContain('Answered on');
    await browser.go(`${followed}?done=filed`);
    expect(browser.html).toContain('You have taken it back.');
    expect(browser.html).not.toContain('We have it');
  });

  it('is not taken from somebody who is not signed in, or with a token of another page', async () => {
    const stranger = scene.browser();
    await stranger.upload(`/c/tulip/decisions/${adas.measure}/appeal`, [['ground', 'other']]);
    expect(stranger.address).toBe('/c/tulip?first=1');
    const browser = await enterAs(scene.bo);
    await browser.go(`/c/tulip/decisions/${bos.measure}/appeal`);
    const sent = await browser.upload(
      `/c/tulip/decisions/${bos.measure}/appeal`,
      [
        ['ground', 'other'],
        ['text', 'Sent by another site.'],
      ],
      [],
      'A'.repeat(43),
    );
    expect(sent.statusCode).toBe(403);
    const { id } = await scene.shop();
    expect(await scene.api.deps.store.appeals.ofCustomer(id, scene.bo)).toEqual([]);
  });
});

describe('my data', () => {
  const prove = async (customer: CustomerId) => {
    const browser = await enterAs(customer);
    await browser.go('/c/tulip/data');
    await browser.submit('/c/tulip/data/code');
    const [mail] = await scene.mails();
    await browser.submit(browser.address, { code: codeIn(mail) });
    scene.api.time.now = instant(scene.api.time.now + 1_000);
    return browser;
  };

  const askForDiscount = async (customer: CustomerId) => {
    const shop = await scene.shop();
    await scene.api.deps.store.transaction(({ acts }) =>
      acts.ask(shop.id, {
        id: uuid(77),
        connection: id<ConnectionId>(uuid(78)),
        customer,
        act: { kind: 'give_discount', off: { percent: 10 }, until: null },
        name: null,
        key: 'thanks',
        because: 'staff',
        decision: null,
        measures: [],
        askedBy: null,
        at: scene.api.time.now,
      }),
    );
  };

  const listAda = async () => {
    const entry = { list: 'deny', type: 'email', reason: 'Ordered under three names.' } as const;
    const theirs = { ...entry, value: 'bo@example.org' };
    await writeEntries(scene.api.deps, await scene.shop(), null, [{ ...entry, value: 'Ada@example.org' }, theirs]);
  };

  it('is handed over whole, as JSON and as a page, with what is sealed opened and staff left out', async () => {
    await askForDiscount(scene.ada);
    await listAda();
    const browser = await prove(scene.ada);
    const json = await browser.go('/c/tulip/data/copy.json');
    expect(json.headers['content-disposition']).toBe('attachment; filename="tulip-my-data.json"');
    const data = json.json();
    expect(data.you).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.org', externalId: 'C-1' });
    expect(data.events.filter((each: { kind: string }) => each.kind === 'order.placed')).toHaveLength(14);
    expect(data.notices.length).toBeGreaterThan(0);
    expect(data.appeals).toHaveLength(1);
    expect(data.files[0].name).toBe('photo.png');
    expect(data.acts).toMatchObject([{ kind: 'give_discount', state: 'waiting', details: { off: { percent: 10 } } }]);
    expect(data.lists).toMatchObject([
      { list: 'deny', type: 'email', value: 'Ada@example.org', reason: 'Ordered under three names.', answer: 'deny' },
    ]);
    expect(data.appeals[0].exchange[0].text).toContain('The dress was <b>torn</b>');
    const started = data.events.find((each: { kind: string }) => each.kind === 'measure.started');
    expect(started.source).toBe('staff');
    expect(started.details).not.toHaveProperty('approvedBy');
    expect(started.personal.reason).toBe('Most of what was ordered came back.');
    for (const hidden of ['Olga', 'bo@example.org', 'B-1001']) expect(json.body).not.toContain(hidden);

    const page = await browser.go('/c/tulip/data/copy.html');
    expect(page.headers['content-disposition']).toBe('attachment; filename="tulip-my-data.html"');
    expect(page.body).toContain('Everything kept about you by');
    expect(page.body).toContain('A discount code was given (not done yet)');
    expect(page.body).toContain('<bdi>Ordered under three names.</bdi>');
    expect(page.body).toContain('Order <bdi>A-1001</bdi> for €80.00');
    expect(page.body).not.toContain('<b>torn</b>');
  });

  it('is erased after another code, and not while an appeal is open', async () => {
    const browser = await prove(scene.bo);
    await browser.go(`/c/tulip/decisions/${bos.measure}/appeal`);
    await browser.upload(`/c/tulip/decisions/${bos.measure}/appeal`, [
      ['ground', 'disproportionate'],
      ['text', 'This is much too hard for what it was.'],
    ]);
    const followed = browser.address.replace('?done=filed', '');
    const erase = async () => {
      await browser.go('/c/tulip/data/erase');
      expect(browser.html).toContain('This cannot be undone, by anybody.');
      await browser.submit('/c/tulip/data/erase/code');
      const id = /name="id" value="([^"]+)"/.exec(browser.html)?.[1] ?? '';
      const code = codeIn((await scene.mails())[0]);
      scene.api.time.now = instant(scene.api.time.now + 1_000);
      await browser.submit('/c/tulip/data/erase', { id, code: code === '000000' ? '000001' : '000000' });
      expect(browser.page?.statusCode).toBe(422);
      await browser.submit('/c/tulip/data/erase', { id, code });
    };
    await erase();
    expect(browser.page?.statusCode).toBe(409);
    expect(browser.html).toContain('You have an open appeal.');
    await browser.go(followed);
    await browser.submit(`${followed}/withdraw`);
    await erase();
    expect(browser.html).toContain('Everything about you is erased');

    const { id } = await scene.shop();
    const { store } = scene.api.deps;
    expect(await store.ledger.shownOf(id, [scene.bo])).toEqual(new Map());
    expect(await store.notices.of(id, scene.bo, 10)).toEqual([]);
    expect((await store.ledger.verify(id)).damage).toEqual([]);
    expect((await store.standing.measure(id, bos.measure))?.state).toBe('active');
    const restricted = await store.enforcement.restricted(id);
    expect(restricted.find((each) => each.customer === scene.bo)?.hashes.length).toBeGreaterThan(0);
    await browser.go('/c/tulip/standing');
    expect(browser.address).toBe('/c/tulip?first=1');
    const link = scene.browser();
    expect((await link.go(bos.link)).statusCode).toBe(410);
    const { rows } = await scene.api.database.pool.query('select 1 from customer_key where customer_id = $1', [
      scene.bo,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('the policy', () => {
  it('is there for anybody, in their language, with what changed and every version', async () => {
    const policy = (await scene.owner.get('/api/shops/tulip/policy')).json();
    const browser = scene.browser();
    await browser.go('/c/tulip/policy');
    expect(browser.html).toContain('Fair play');
    expect(browser.html).toContain('What always stays');
    expect(browser.html).toContain('<a href="https://db-ip.com" rel="noreferrer"><bdi lang="en">IP Geolocation');
    await browser.go('/c/tulip/policy?lang=nl');
    expect(browser.html).toContain('lang="nl"');
    expect(browser.cookies.get('evenhand_portal_language')).toBe('nl');
    expect((await browser.go('/c/tulip/policy?version=999')).statusCode).toBe(404);
    expect((await browser.go('/c/tulip/policy?version=x')).statusCode).toBe(404);
    expect(policy).toBeDefined();
  });

  it('remembers a signed-in customer’s language for what they are sent', async () => {
    const browser = await enterAs(scene.ada);
    await browser.go('/c/tulip/standing?lang=he');
    expect(browser.html).toContain('<html lang="he" dir="rtl">');
    const { id } = await scene.shop();
    expect(await scene.api.deps.store.portal.language(id, scene.ada)).toBe('he');
    await browser.go('/c/tulip/standing?lang=en');
  });
});

describe('how a shop looks', () => {
  it('is the shop’s own, and readable whatever colour is set', async () => {
    for (const accentColour of ['#ffff00', '#101010', '#7f7f7f']) {
      const set = await scene.owner.send('PUT', '/api/shops/tulip/branding', { accentColour });
      expect(set.json()).toMatchObject({ accentColour, logo: false });
      const theme = await scene.browser().go('/c/tulip/theme.css');
      expect(theme.body).toContain(`--accent: ${set.json().light}`);
    }
    const refused = await scene.owner.send('PUT', '/api/shops/tulip/branding', { accentColour: 'red;}' });
    expect(refused.statusCode).toBe(400);
  });

  it('takes a logo that is a picture, made anew, and nothing else', async () => {
    const boundary = 'x';
    const send = (bytes: Buffer) =>
      scene.api.app.inject({
        method: 'POST',
        url: '/api/shops/tulip/branding/logo',
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          cookie: scene.owner.cookie ?? '',
          'x-evenhand-csrf': scene.owner.csrf ?? '',
        },
        payload: Buffer.concat([
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="logo.png"\r\ncontent-type: image/png\r\n\r\n`,
          ),
          bytes,
          Buffer.from(`\r\n--${boundary}--\r\n`),
        ]),
      });
    expect((await send(Buffer.from('<svg onload="alert(1)"/>'))).statusCode).toBe(422);
    expect((await send(Buffer.alloc(600_000, 1))).statusCode).toBe(422);
    expect((await scene.browser().go('/c/tulip/logo')).statusCode).toBe(404);
    expect((await send(png())).statusCode).toBe(200);
    const logo = await scene.browser().go('/c/tulip/logo');
    expect(logo.headers['content-type']).toBe('image/png');
    expect(logo.headers['x-content-type-options']).toBe('nosniff');
    expect((await scene.browser().go('/c/tulip')).body).toContain('<img src="/c/tulip/logo?v=');
    expect((await scene.owner.get('/api/shops/tulip/branding')).json().logo).toBe(true);
    await scene.owner.send('DELETE', '/api/shops/tulip/branding/logo');
    expect((await scene.browser().go('/c/tulip/logo')).statusCode).toBe(404);
  });
});
