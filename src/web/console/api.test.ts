import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, addressOf, api, fieldError, rememberCsrf } from './api.ts';

const ID = '00000000-0000-4000-8000-000000000001';

function answering(status: number, body: unknown, type = 'application/json') {
  const fetched = vi.fn(
    async (_address: string, _init: RequestInit) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrf('');
});

describe('an address', () => {
  it('is filled with parameters, safely', () => {
    expect(addressOf('/api/shops/:shop/customers/:id', { shop: 'tulip', id: 'a/b?c' })).toBe(
      '/api/shops/tulip/customers/a%2Fb%3Fc',
    );
  });
  it('repeats the name of a list and leaves out what is empty', () => {
    expect(addressOf('/x', {}, { standing: ['warned', 'blocked'], q: '', cursor: undefined, limit: 5 })).toBe(
      '/x?standing=warned&standing=blocked&limit=5',
    );
  });
});

describe('a request', () => {
  it('carries the CSRF token with a change, and only then', async () => {
    rememberCsrf('token');
    const fetched = answering(200, { ok: true });
    await api('DELETE /api/shops/:shop/keys/:id', { params: { shop: 'tulip', id: ID } });
    expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({ 'x-evenhand-csrf': 'token' });
    await api('GET /api/shops/:shop/settings', { params: { shop: 'tulip' } });
    expect(fetched.mock.calls[1]?.[1].headers).not.toHaveProperty('x-evenhand-csrf');
  });

  it('sends its body as JSON', async () => {
    const fetched = answering(200, { ok: true });
    await api('POST /api/session/password', { body: { current: 'a', next: 'b' } });
    const [address, init] = fetched.mock.calls[0] ?? [];
    expect(address).toBe('/api/session/password');
    expect(init).toMatchObject({ method: 'POST', body: '{"current":"a","next":"b"}' });
    expect(init?.headers).toMatchObject({ 'content-type': 'application/json' });
  });
});

describe('an answer that is not a success', () => {
  it('says what the service said, field by field', async () => {
    answering(
      400,
      {
        type: 'about:blank',
        title: 'Bad request',
        status: 400,
        detail: 'Some fields are not as they should be.',
        why: 'not-as-asked',
        errors: [{ field: 'owner.email', message: 'is not an e-mail address' }, { field: 7 }],
      },
      'application/problem+json',
    );
    const error = await api('POST /api/session', { body: { email: 'x', password: 'y' } }).catch(
      (reason: Error) => reason,
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 400,
      message: 'Some fields are not as they should be.',
      why: 'not-as-asked',
    });
    expect(fieldError(error as Error, 'owner.email')).toBe('is not an e-mail address');
    expect(fieldError(error as Error, 'owner.name')).toBeUndefined();
    expect((error as ApiError).fields).toHaveLength(1);
  });

  it('is still an ApiError when the body is not JSON at all', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }));
    await expect(api('GET /api/setup', {})).rejects.toMatchObject({ name: 'ApiError', status: 502, fields: [] });
  });

  it('has status 0 when the service was not reached', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed');
    });
    await expect(api('GET /api/setup', {})).rejects.toMatchObject({ name: 'ApiError', status: 0 });
  });
});
