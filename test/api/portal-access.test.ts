import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPeriod, days } from '../../src/core/shared/period.ts';
import { instant } from '../../src/core/shared/time.ts';
import { ADA, codeIn, linkIn, type PortalScene, startPortal } from '../support/portal.ts';

let scene: PortalScene;
beforeAll(async () => {
  scene = await startPortal();
});
afterAll(() => scene.api.close());

const MINUTE = 60_000;
// Each test begins in a quarter of an hour of its own, so that what one tries does not count against the next.
beforeEach(() => {
  scene.api.time.now = instant(scene.api.time.now + 20 * MINUTE);
});

const askForCode = async (browser = scene.browser(), order = 'A-1001', email = ADA.email) => {
  await browser.go('/c/tulip');
  return browser.submit('/c/tulip', { order, email });
};

describe('a link from a notice', () => {
  it('is not used up by looking at it, opens the decision once, and is kept nowhere', async () => {
    const { measure, link } = await scene.measure(scene.ada);
    const browser = scene.browser();
    for (let look = 0; look < 3; look += 1) expect((await browser.go(link)).statusCode).toBe(200);
    expect(browser.html).toContain('Read what we wrote to you');
    await browser.submit(link);
    expect(browser.address).toBe(`/c/tulip/decisions/${measure}`);
    expect(browser.page?.statusCode).toBe(200);
    expect(browser.html).toContain('I disagree');
    const token = link.split('/').at(-1) ?? '';
    const { rows } = await scene.api.database.pool.query(
      "select encode(token_hash, 'escape') as hash from portal_link",
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    const log = scene.api.log.join('\n');
    expect(log).toContain('/c/:shop/open/:token');
    expect(log).not.toContain(token);
    expect(log).not.toContain(ADA.email);
  });

  it('says that it was used, and offers a code to the address on file', async () => {
    const { link } = await scene.measure(scene.ada);
    const first = scene.browser();
    await first.go(link);
    await first.submit(link);
    const second = scene.browser('203.0.113.9');
    expect((await second.go(link)).statusCode).toBe(410);
    expect(second.html).toContain('This link was used already');
    expect(second.html).not.toContain(ADA.email);
    await second.submit(`${link}/code`);
    const [mail] = await scene.mails();
    expect(mail?.to).toEqual([ADA.email]);
    await second.submit(second.address, { code: codeIn(mail) });
    expect(second.address).toBe('/c/tulip/standing');
    expect(second.page?.statusCode).toBe(200);
  });

  it('leads on again in the browser that remembers whom it is for, and in no other customer’s', async () => {
    const { measure, link } = await scene.measure(scene.ada);
    const browser = scene.browser();
    await browser.go(link);
    await browser.submit(link);
    await browser.go(link);
    expect(browser.address).toBe(`/c/tulip/decisions/${measure}`);
    expect(browser.page?.statusCode).toBe(200);
    const other = scene.browser();
    const theirs = await scene.measure(scene.bo);
    await other.go(theirs.link);
    await other.submit(theirs.link);
    expect((await other.go(link)).statusCode).toBe(410);
  });

  it('of two at once opens for one only', async () => {
    const { link } = await scene.measure(scene.ada);
    const two = [scene.browser(), scene.browser()];
    await Promise.all(two.map((browser) => browser.go(link)));
    await Promise.all(two.map((browser) => browser.submit(link)));
    expect(two.map((browser) => browser.page?.statusCode).sort()).toEqual([200, 410]);
  });

  it('leads nowhere else and sets nothing, whatever stands in its place', async () => {
    for (const token of ['x%0d%0aset-cookie:%20evil=1', '%2F%2Fevil.example', '%2e%2e%2f%2e%2e%2fevil']) {
      const answer = await scene.api.app.inject({ url: `/c/tulip/open/${token}/code` });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toMatch(/^\/c\/tulip\/open\/[\w%.:-]+$/);
      expect(JSON.stringify(answer.headers['set-cookie'] ?? '')).not.toContain('evil');
    }
  });

  it('refuses one that was forged without asking the database for it', async () => {
    const { link } = await scene.measure(scene.ada);
    const token = link.split('/').at(-1) ?? '';
    const forged = [
      'x',
      'A'.repeat(65),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`,
      `${token}A`,
    ];
    const browser = scene.browser();
    await browser.go('/c/tulip');
    const queriesFor = async (url: string) => {
      const before = scene.api.queries();
      await browser.go(url);
      return scene.api.queries() - before;
    };
    const anyPage = await queriesFor('/c/tulip?again=1');
    for (const each of forged) {
      expect(await queriesFor(`/c/tulip/open/${each}`)).toBe(anyPage);
      expect(browser.page?.statusCode).toBe(410);
      await browser.go('/c/tulip?again=1');
      await browser.submit(`/c/tulip/open/${each}`);
      expect(browser.page?.statusCode).toBe(410);
      expect(browser.cookies.has('evenhand_portal')).toBe(false);
    }
    expect(browser.html).toContain('This link does not work any more');
  });

  it('does not open another shop', async () => {
    await scene.owner.post('/api/shops', {
      name: 'Other',
      slug: 'other',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      languages: ['en'],
      jurisdictions: ['NL'],
    });
    const { link } = await scene.measure(scene.ada);
    const browser = scene.browser();
    expect((await browser.go(link.replace('/tulip/', '/other/'))).statusCode).toBe(410);
    await browser.go(link);
    await browser.submit(link);
    expect((await browser.go('/c/other/standing')).body).toContain('let us first send you a code');
  });

  it('ends with its time, and says the other way in', async () => {
    const { link } = await scene.measure(scene.ada);
    const before = scene.api.time.now;
    scene.api.time.now = addPeriod(before, days(91));
    const browser = scene.browser();
    expect((await browser.go(link)).statusCode).toBe(410);
    expect(browser.html).toContain('Come in another way');
    scene.api.time.now = before;
  });

  it('can be sent anew by staff, who never see it', async () => {
    const response = await scene.owner.post(`/api/shops/tulip/customers/${scene.ada}/portal-link`);
    expect(response.statusCode).toBe(200);
    expect(Object.keys(response.json())).toEqual(['message']);
    const [mail] = await scene.mails();
    expect(mail?.to).toEqual([ADA.email]);
    const browser = scene.browser();
    const link = linkIn(mail);
    await browser.go(link);
    await browser.submit(link);
    expect(browser.address).toBe('/c/tulip/standing');
    const listed = await scene.owner.get('/api/shops/tulip/outbox');
    expect(listed.body).not.toContain(link.split('/').at(-1));
  });
});

describe('a one-time code', () => {
  it('opens everything to whoever gets it', async () => {
    const browser = scene.browser();
    await askForCode(browser, ' #a-1001 ', 'ADA@example.org');
    const [mail] = await scene.mails();
    expect(mail?.to).toEqual([ADA.email]);
    expect(mail?.subject).not.toContain(codeIn(mail));
    await browser.submit(browser.address, { code: `${codeIn(mail).slice(0, 3)} ${codeIn(mail).slice(3)}` });
    expect(browser.address).toBe('/c/tulip/standing');
    expect((await browser.go('/c/tulip/data')).body).toContain('A copy of everything');
  });

  it('answers the same to strangers: words, status, headers and about the same time', async () => {
    const answers = [];
    for (const [order, email] of [
      ['A-1001', ADA.email],
      ['A-9999', ADA.email],
      ['B-1001', ADA.email],
      ['A-1001', 'nobody@example.org'],
    ] as const) {
      const browser = scene.browser();
      await browser.go('/c/tulip');
      const sent = (await scene.mails()).length;
      const began = performance.now();
      const response = await scene.api.app.inject({
        method: 'POST',
        url: '/c/tulip',
        payload: new URLSearchParams({ csrf: browser.csrf(), order, email }).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      });
      const took = performance.now() - began;
      const next = await browser.go(String(response.headers.location));
      answers.push({
        status: response.statusCode,
        headers: Object.keys(response.headers).sort(),
        location: String(response.headers.location).replace(/[0-9a-f-]{36}/, 'ID'),
        body: response.body,
        next: next.body.replace(/[0-9a-f-]{36}/g, 'ID').replace(/value="[\w-]{43}"/g, 'TOKEN'),
        mails: (await scene.mails()).length - sent,
        took,
      });
    }
    const [known, ...strangers] = answers;
    expect(known?.mails).toBe(1);
    for (const stranger of strangers) {
      expect(stranger.mails).toBe(0);
      const { mails: _m, took, ...told } = stranger;
      const { mails: _n, took: knownTook = 0, ...toldKnown } = known ?? stranger;
      expect(told).toEqual(toldKnown);
      expect(Math.min(took, knownTook)).toBeGreaterThanOrEqual(290);
      expect(Math.abs(took - knownTook)).toBeLessThan(150);
    }
  });

  it('asks the database as much about a stranger’s code as about a customer’s', async () => {
    const wrongFor = async (email: string): Promise<number> => {
      const browser = scene.browser();
      await askForCode(browser, 'A-1001', email);
      const before = scene.api.queries();
      await browser.submit(browser.address, { code: '000000' });
      expect(browser.page?.statusCode).toBe(422);
      return scene.api.queries() - before;
    };
    expect(await wrongFor('nobody@example.org')).toBe(await wrongFor(ADA.email));
  });

  it('for strangers nothing opens, whatever they type', async () => {
    const browser = scene.browser();
    await askForCode(browser, 'A-1001', 'nobody@example.org');
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await browser.submit(browser.address, { code: `00000${attempt}` });
      expect(browser.page?.statusCode).toBe(422);
    }
    expect(browser.cookies.has('evenhand_portal')).toBe(false);
  });

  it('works five tries long, ten minutes long, and once', async () => {
    const guesser = scene.browser();
    await askForCode(guesser);
    const right = codeIn((await scene.mails())[0]);
    const wrong = right === '123456' ? '654321' : '123456';
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await guesser.submit(guesser.address, { code: wrong });
      expect(guesser.html).toContain('This code is not right');
    }
    await guesser.submit(guesser.address, { code: right });
    expect(guesser.page?.statusCode).toBe(422);

    const late = scene.browser();
    await askForCode(late);
    const code = codeIn((await scene.mails())[0]);
    scene.api.time.now = instant(scene.api.time.now + 10 * MINUTE);
    await late.submit(late.address, { code });
    expect(late.page?.statusCode).toBe(422);

    const once = scene.browser();
    await askForCode(once);
    const form = once.address;
    const fresh = codeIn((await scene.mails())[0]);
    const again = scene.browser();
    await again.go(form);
    await once.submit(form, { code: fresh });
    expect(once.address).toBe('/c/tulip/standing');
    await again.submit(form, { code: fresh });
    expect(again.page?.statusCode).toBe(422);
  });

  it('leaves an earlier one as it is when a new one is asked for', async () => {
    const browser = scene.browser();
    await askForCode(browser);
    const [form, code] = [browser.address, codeIn((await scene.mails())[0])];
    await askForCode(scene.browser());
    await browser.submit(form, { code });
    expect(browser.address).toBe('/c/tulip/standing');
  });

  it('is not sent without end: to one address, and for one caller, whether they are known or not', async () => {
    for (const email of [ADA.email, 'nobody@example.org']) {
      const statuses = [];
      for (let asked = 0; asked < 6; asked += 1)
        statuses.push((await askForCode(scene.browser(`203.0.113.${asked + 1}`), 'A-1001', email)).statusCode);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    }
    const callers = [];
    for (let asked = 0; asked < 21; asked += 1)
      callers.push((await askForCode(scene.browser('192.0.2.77'), 'A-1', `n${asked}@example.org`)).statusCode);
    expect(callers.slice(0, 20).every((status) => status === 200)).toBe(true);
    expect(callers.at(-1)).toBe(429);
  });

  it('cannot be guessed by asking for many: thirty tries in vain a day, and the right code opens nothing', async () => {
    let tried = 0;
    for (let round = 0; round < 7; round += 1) {
      scene.api.time.now = instant(scene.api.time.now + 20 * MINUTE);
      const browser = scene.browser(`198.18.0.${round}`);
      await askForCode(browser, 'B-1001', 'bo@example.org');
      const right = codeIn((await scene.mails())[0]);
      for (let attempt = 0; attempt < 5; attempt += 1, tried += 1)
        await browser.submit(browser.address, { code: right === '111111' ? '222222' : '111111' });
    }
    const browser = scene.browser('198.18.1.1');
    scene.api.time.now = instant(scene.api.time.now + 20 * MINUTE);
    await askForCode(browser, 'B-1001', 'bo@example.org');
    await browser.submit(browser.address, { code: codeIn((await scene.mails())[0]) });
    expect(tried).toBe(35);
    expect(browser.page?.statusCode).toBe(422);
  });

  it('says what is missing in the form, and keeps what was typed', async () => {
    const browser = scene.browser();
    await browser.go('/c/tulip');
    await browser.submit('/c/tulip', { order: 'A-1 <b>', email: 'not an address' });
    expect(browser.page?.statusCode).toBe(422);
    expect(browser.html).toContain('Write your e-mail address');
    expect(browser.html).toContain('value="A-1 &lt;b&gt;"');
    expect(browser.html).toContain('aria-invalid="true"');
  });
});

describe('a session of the portal', () => {
  const enter = async () => {
    const { link } = await scene.measure(scene.ada);
    const browser = scene.browser();
    await browser.go(link);
    const response = await browser.submit(link);
    return { browser, response };
  };

  it('is a cookie out of reach, for this shop’s pages only, and over https never in the clear', async () => {
    const { link } = await scene.measure(scene.ada);
    const browser = scene.browser();
    await browser.go(link);
    const response = await scene.api.app.inject({
      method: 'POST',
      url: link,
      payload: new URLSearchParams({ csrf: browser.csrf() }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-proto': 'https',
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      remoteAddress: '127.0.0.1',
    });
    const cookie = response.cookies.find(({ name }) => name === 'evenhand_portal');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/c/tulip', secure: true });
    const length = (cookie?.expires?.getTime() ?? 0) - scene.api.time.now;
    expect(length).toBeLessThanOrEqual(7 * 86_400_000);
  });

  it('by a link does not give the history or the means to erase it', async () => {
    const { browser } = await enter();
    expect((await browser.go('/c/tulip/data')).body).toContain('We send a code to the address we have of you');
    for (const path of ['copy.json', 'copy.html', 'erase']) {
      await browser.go(`/c/tulip/data/${path}`);
      expect(browser.address).toBe('/c/tulip/data');
      expect(browser.html).not.toContain('A copy of everything');
    }
    await browser.go('/c/tulip/data');
    await browser.submit('/c/tulip/data/code');
    await browser.submit(browser.address, { code: codeIn((await scene.mails())[0]) });
    expect(browser.address).toBe('/c/tulip/data');
    expect(browser.html).toContain('A copy of everything');
  });

  it('refuses a form that another site sends, and one without its token', async () => {
    const { browser } = await enter();
    await browser.go('/c/tulip/standing');
    expect((await browser.submit('/c/tulip/leave', {}, { origin: 'https://evil.example' })).statusCode).toBe(403);
    await browser.go('/c/tulip/standing');
    expect((await browser.submit('/c/tulip/leave', {}, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    await browser.go('/c/tulip/standing');
    expect((await browser.submit('/c/tulip/leave', { csrf: 'A'.repeat(43) })).statusCode).toBe(403);
    expect((await browser.go('/c/tulip/standing')).statusCode).toBe(200);
    await browser.submit('/c/tulip/leave', {}, { origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect(browser.html).toContain('You are signed out');
    await browser.go('/c/tulip/standing');
    expect(browser.address).toBe('/c/tulip?first=1');
  });

  it('says with every page that it is nobody else’s business', async () => {
    const { browser } = await enter();
    for (const path of ['', '/standing', '/data', '/policy', '/nothing/here']) {
      const { headers } = await browser.go(`/c/tulip${path}`);
      expect(headers['content-security-policy']).toContain("script-src 'self'; style-src 'self'; img-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-robots-tag']).toBe('noindex, nofollow');
      expect(headers['cache-control']).toBe('no-store');
      expect(browser.html).not.toMatch(/\sstyle=|<style|javascript:|\son[a-z]+=/);
    }
    expect((await browser.go('/c/nobody/standing')).statusCode).toBe(404);
    expect((await browser.go('/c/tulip/nothing/here')).statusCode).toBe(404);
    expect(browser.html).toContain('There is nothing here');
  });
});
