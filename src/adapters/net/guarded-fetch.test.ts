import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { FetchFailed, guardedFetch } from './guarded-fetch.ts';

const servers: { close: () => unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  servers.push({ close: () => server.close().closeAllConnections() });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const fault = async (answer: Promise<unknown>): Promise<string> => {
  const error: unknown = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FetchFailed);
  return (error as FetchFailed).fault;
};

const onePublic = async () => [{ address: '93.184.215.14', family: 4 }];

describe('where it does not go', () => {
  it.each([
    'http://127.0.0.1:1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[fe80::1]/',
    'http://100.64.1.1/',
    'http://224.0.0.1/',
    'http://localhost:1/',
  ])('%s', async (address) => {
    expect(await fault(guardedFetch()(address))).toBe('private');
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'data:,x', 'http://me:secret@example.com/', 'nonsense'])(
    '%s, which is no address to reach',
    async (address) => {
      const failed = await guardedFetch()(address).catch((error: unknown) => error);
      expect(failed).toMatchObject({ fault: 'address' });
      expect(String(failed)).not.toContain('secret');
    },
  );

  it('a name with one private address among public ones', async () => {
    const lookup = async () => [...(await onePublic()), { address: '10.0.0.8', family: 4 }];
    expect(await fault(guardedFetch({ lookup })('http://shop.example/'))).toBe('private');
  });

  it('a name that nobody knows', async () => {
    const lookup = () => Promise.reject(new Error('ENOTFOUND shop.example'));
    expect(await fault(guardedFetch({ lookup })('http://shop.example/'))).toBe('unknown');
    expect(await fault(guardedFetch({ lookup: async () => [] })('http://shop.example/'))).toBe('unknown');
  });

  it('where a redirect points', async () => {
    let asked = 0;
    const inside = await serve((_request, reply) => {
      asked += 1;
      reply.end();
    });
    const outside = await serve((_request, reply) => reply.writeHead(302, { location: inside }).end());
    const answer = await guardedFetch({ allowPrivate: true })(outside);
    expect([answer.status, answer.headers.get('location'), asked]).toEqual([302, inside, 0]);
  });
});

describe('a name that means something else a moment later', () => {
  it('is connected to where it was looked at, once', async () => {
    const base = await serve((request, reply) => reply.end(`${request.headers.host} ${request.url}`));
    const { port } = new URL(base);
    const answers = ['127.0.0.1', '10.255.255.1'];
    let looked = 0;
    const lookup = async () => {
      const address = answers[looked] ?? '10.255.255.1';
      looked += 1;
      return [{ address, family: 4 }];
    };
    const answer = await guardedFetch({ allowPrivate: true, lookup })(`http://rebound.example:${port}/a?b=c`);
    expect(await answer.text()).toBe(`rebound.example:${port} /a?b=c`);
    expect(looked).toBe(1);
  });

  it('is looked at again for the next request, and refused then', async () => {
    const enough = new AbortController();
    let looked = 0;
    const lookup = async () => {
      looked += 1;
      if (looked > 1) return [{ address: '127.0.0.1', family: 4 }];
      // Before anything goes out into the internet.
      enough.abort(new Error('Enough'));
      return onePublic();
    };
    const fetch = guardedFetch({ lookup });
    await expect(fetch('http://rebound.example/', { signal: enough.signal })).rejects.toThrow('Enough');
    expect(await fault(fetch('http://rebound.example/'))).toBe('private');
    expect(looked).toBe(2);
  });
});

describe('what comes back', () => {
  const fetch = guardedFetch({ allowPrivate: true, answerMs: 300, pauseMs: 200, largest: 10_000 });

  it('is a Response like any other', async () => {
    const base = await serve((request, reply) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        reply.setHeader('set-cookie', ['a=1', 'b=2']);
        reply.writeHead(201, { 'content-type': 'application/json' });
        reply.end(JSON.stringify({ method: request.method, key: request.headers['x-key'], body }));
      });
    });
    const answer = await fetch(base, { method: 'POST', headers: { 'X-Key': 'k' }, body: 'żółć' });
    expect([answer.status, answer.ok, answer.headers.getSetCookie()]).toEqual([201, true, ['a=1', 'b=2']]);
    expect(await answer.json()).toEqual({ method: 'POST', key: 'k', body: 'żółć' });
    const form = await fetch(new Request(base, { method: 'PUT', body: new URLSearchParams({ a: '1' }) }));
    expect(await form.json()).toMatchObject({ method: 'PUT', body: 'a=1' });
  });

  it('may have no body', async () => {
    const base = await serve((_request, reply) => reply.writeHead(204).end());
    const answer = await fetch(base, { method: 'DELETE' });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('is unpacked, and limited by what it unpacks to', async () => {
    const base = await serve((request, reply) => {
      reply.setHeader('content-encoding', 'gzip');
      reply.end(gzipSync('x'.repeat(request.url === '/bomb' ? 1_000_000 : 9_000)));
    });
    expect((await (await fetch(base)).text()).length).toBe(9_000);
    expect(await fault((await fetch(`${base}/bomb`)).text())).toBe('large');
  });

  it('may be larger in none but name', async () => {
    const base = await serve((_request, reply) => reply.end('x'.repeat(10_001)));
    expect(await fault((await fetch(base)).text())).toBe('large');
  });

  it('is waited for as long as it may take, and no longer', async () => {
    const base = await serve((request, reply) => {
      if (request.url === '/slow-body') reply.write('a');
      if (request.url === '/in-time') {
        reply.write('a');
        for (const each of [1, 2, 3, 4]) setTimeout(() => reply.write('b'), each * 120);
        setTimeout(() => reply.end(), 600);
      }
    });
    expect(await fault(fetch(`${base}/never`))).toBe('silent');
    expect(await fault((await fetch(`${base}/slow-body`)).text())).toBe('silent');
    expect(await (await fetch(`${base}/in-time`)).text()).toBe('abbbb');
    expect(
      await fault(guardedFetch({ lookup: () => new Promise(() => undefined), answerMs: 30 })('http://a.example')),
    ).toBe('silent');
  });

  it('may be given up by whoever asked', async () => {
    const base = await serve((request, reply) => {
      if (request.url === '/body') reply.write('a');
    });
    const reason = new Error('Enough');
    const before = AbortSignal.abort(reason);
    await expect(fetch(base, { signal: before })).rejects.toBe(reason);
    const during = new AbortController();
    setTimeout(() => during.abort(reason), 20);
    await expect(fetch(base, { signal: during.signal })).rejects.toBe(reason);
    const later = new AbortController();
    const answer = await fetch(`${base}/body`, { signal: later.signal });
    setTimeout(() => later.abort(reason), 20);
    await expect(answer.text()).rejects.toBeDefined();
  });

  it('may break', async () => {
    const base = await serve((request, reply) => {
      if (request.url === '/head') return void request.socket.destroy();
      reply.writeHead(200, { 'content-length': 100 });
      reply.write('a', () => request.socket.destroy());
    });
    expect(await fault(fetch(`${base}/head`))).toBe('broken');
    expect(await fault((await fetch(base)).text())).toBe('broken');
    const nobody = await serve(() => undefined);
    for (const server of servers.splice(1)) server.close();
    expect(await fault(fetch(nobody))).toBe('refused');
  });

  it('may be no HTTP at all', async () => {
    const server = createSocketServer((socket) => socket.end('SSH-2.0-hello\r\n'));
    servers.push(server);
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    expect(await fault(fetch(`http://127.0.0.1:${port}`))).toBe('broken');
    expect(['certificate', 'broken']).toContain(await fault(fetch(`https://127.0.0.1:${port}`)));
  });

  it('comes over a connection that is kept, also after the other side closed it', async () => {
    const asked = new Map<number | undefined, number>();
    const base = await serve((request, reply) => {
      const { remotePort } = request.socket;
      asked.set(remotePort, (asked.get(remotePort) ?? 0) + 1);
      if (asked.get(remotePort) === 3) request.socket.destroy();
      else reply.end('a');
    });
    for (let time = 0; time < 3; time += 1) expect(await (await fetch(base)).text()).toBe('a');
    expect([...asked.values()]).toEqual([3, 1]);
  });
});
