import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, PASSWORD, SHOP, startApi, type TestApi } from '../support/api.ts';

const HOUR = 3_600_000;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const advance = (milliseconds: number) => {
  api.time.now = (api.time.now + milliseconds) as typeof api.time.now;
};

describe('the first visit', () => {
  it('names the fields of a set-up that cannot be read', async () => {
    const response = await api.visitor().post('/api/setup', { owner: { ...OWNER, password: 'short' }, shop: SHOP });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json().errors).toEqual([{ field: 'owner.password', message: 'needs at least 12 characters' }]);
    const zone = await api.visitor().post('/api/setup', { owner: OWNER, shop: { ...SHOP, timeZone: 'Mars/Olympus' } });
    expect(zone.json().errors[0].field).toBe('shop.timeZone');
    const currency = await api.visitor().post('/api/setup', { owner: OWNER, shop: { ...SHOP, currency: 'ABC' } });
    expect(currency.json().errors[0].field).toBe('shop.currency');
  });

  it('makes one owner, one shop and its first policy, whoever else tries at the same moment', async () => {
    expect((await api.visitor().get('/api/setup')).json()).toEqual({ needed: true });
    const tries = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        api.visitor().post('/api/setup', { owner: { ...OWNER, email: `o${n}@tulip.example` }, shop: SHOP }),
      ),
    );
    expect(tries.map((each) => each.statusCode).sort()).toEqual([200, 409, 409, 409]);
    const { rows } = await api.database.pool.query(
      `select (select count(*) from staff) as staff, (select count(*) from shop) as shops,
              (select count(*) from policy_version where version = 1) as policies, (select role from staff_role) as role`,
    );
    expect(rows).toEqual([{ staff: 1, shops: 1, policies: 1, role: 'owner' }]);
    expect((await api.visitor().get('/api/setup')).json()).toEqual({ needed: false });
    await api.database.pool.query('delete from staff; delete from staff_role; delete from staff_session');
  });

  it('keeps neither password, address, name nor token readable in the database', async () => {
    const owner = await api.owner({ slug: 'second' });
    const { rows } = await api.database.pool.query(
      `select staff::text || staff_session::text as everything from staff join staff_session on staff_id = staff.id`,
    );
    const token = owner.cookie?.split('=')[1] ?? 'none';
    const hidden = [PASSWORD, OWNER.email, OWNER.name, token].flatMap((text) => [
      text,
      Buffer.from(text).toString('hex'),
    ]);
    for (const text of hidden) expect(rows[0].everything).not.toContain(text);
    expect(rows[0].everything).toContain('$argon2id$');
  });
});

describe('sessions', () => {
  it('travel in a cookie no script can read, and say who one is', async () => {
    const visitor = api.visitor();
    const response = await visitor.signIn(OWNER.email.toUpperCase());
    expect(response.statusCode).toBe(200);
    expect(String(response.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(response.json()).toMatchObject({
      staff: { name: OWNER.name, email: OWNER.email },
      csrf: expect.any(String),
    });
    const again = await visitor.get('/api/session');
    expect(again.json().shops.map((shop: { slug: string; role: string }) => [shop.slug, shop.role])).toContainEqual([
      'second',
      'owner',
    ]);
    const https = await api
      .visitor('127.0.0.1')
      .send('POST', '/api/session', { email: OWNER.email, password: PASSWORD }, { 'x-forwarded-proto': 'https' });
    expect(String(https.headers['set-cookie'])).toContain('Secure');
  });

  it('are new at every sign-in, and the one before ends', async () => {
    const visitor = api.visitor();
    await visitor.signIn(OWNER.email);
    const first = visitor.cookie;
    await visitor.signIn(OWNER.email);
    expect(visitor.cookie).not.toBe(first);
    const thief = api.visitor();
    thief.cookie = first;
    expect((await thief.get('/api/session')).statusCode).toBe(401);
  });

  it('end when nobody uses them, and in any case after a week', async () => {
    const idle = api.visitor();
    await idle.signIn(OWNER.email);
    advance(13 * HOUR);
    expect((await idle.get('/api/session')).statusCode).toBe(401);
    const busy = api.visitor();
    await busy.signIn(OWNER.email);
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      advance(11 * HOUR);
      expect((await busy.get('/api/session')).statusCode).toBe(200);
    }
    advance(11 * HOUR);
    expect((await busy.get('/api/session')).statusCode).toBe(401);
  });

  it('end with signing out', async () => {
    const visitor = api.visitor();
    await visitor.signIn(OWNER.email);
    const { cookie } = visitor;
    expect((await visitor.send('DELETE', '/api/session')).statusCode).toBe(200);
    visitor.cookie = cookie;
    expect((await visitor.get('/api/session')).statusCode).toBe(401);
  });

  it('end everywhere with a new password, and a new one begins here', async () => {
    const here = api.visitor();
    const elsewhere = api.visitor();
    await here.signIn(OWNER.email);
    await elsewhere.signIn(OWNER.email);
    const wrong = await here.post('/api/session/password', { current: 'not this one', next: 'another long one' });
    expect(wrong.statusCode).toBe(422);
    const changed = await here.post('/api/session/password', { current: PASSWORD, next: 'another long one' });
    expect(changed.statusCode).toBe(200);
    expect((await elsewhere.get('/api/session')).statusCode).toBe(401);
    expect((await here.get('/api/session')).statusCode).toBe(200);
    await here.post('/api/session/password', { current: 'another long one', next: PASSWORD });
  });
});

describe('guessing passwords', () => {
  it('gets the same answer for an unknown address as for a wrong password', async () => {
    const wrong = await api.visitor('192.0.2.50').signIn(OWNER.email, 'wrong');
    const unknown = await api.visitor('192.0.2.50').signIn('nobody@tulip.example', 'wrong');
    expect([wrong.statusCode, wrong.json()]).toEqual([401, unknown.json()]);
    expect(unknown.statusCode).toBe(401);
  });

  it('is stopped for an address whoever asks, and lets the right one in again later', async () => {
    advance(HOUR);
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) => api.visitor(`198.51.100.${n}`).signIn('victim@tulip.example', 'wrong')),
    );
    const statuses = answers.map((each) => each.statusCode).sort();
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const refused = answers.find((each) => each.statusCode === 429);
    expect(Number(refused?.headers['retry-after'])).toBe(900);
    advance(16 * 60_000);
    expect((await api.visitor().signIn('victim@tulip.example', 'wrong')).statusCode).toBe(401);
  });

  it('is stopped for a caller whichever addresses it tries, a whole IPv6 network being one caller', async () => {
    advance(HOUR);
    const statuses: number[] = [];
    for (let n = 0; n < 42; n++) {
      const response = await api.visitor(`2001:db8:0:1::${n.toString(16)}`).signIn(`guess${n}@tulip.example`, 'wrong');
      statuses.push(response.statusCode);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect((await api.visitor('2001:db8:0:2::1').signIn(OWNER.email)).statusCode).toBe(200);
    const { rows } = await api.database.pool.query(
      'select distinct length(subject_hash) as bytes from sign_in_attempt',
    );
    expect(rows).toEqual([{ bytes: 32 }]);
  });
});

describe('the log', () => {
  it('names neither people nor addresses asked for', () => {
    const everything = api.log.join('');
    expect(api.log.length).toBeGreaterThan(50);
    for (const text of [OWNER.email, OWNER.name, PASSWORD, 'tulip.example', '192.0.2', '2001:db8'])
      expect(everything).not.toContain(text);
  });
});
