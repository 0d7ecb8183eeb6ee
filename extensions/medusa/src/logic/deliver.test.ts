import { expect, it } from 'vitest';
import { deliver, deliverDue, type Message, nextTry, type Outbox, type Post } from './deliver.ts';
import type { Settings } from './options.ts';
import { signed } from './signing.ts';

const NOW = new Date('2026-03-02T10:00:00.000Z');
const settings: Settings = {
  hookUrl: 'https://fair.example.com/hooks/c1',
  hookSecret: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
  apiKey: 'ehk_test',
  decisionsUrl: 'https://fair.example.com/v1/decisions',
};
const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  topic: 'order.placed',
  kind: 'order',
  reference: 'order_1',
  return: null,
  attempts: 0,
  createdAt: NOW,
  ...more,
});

/** An outbox in memory, with the time at which each message is due. */
function outboxOf(...messages: readonly Message[]) {
  const kept = new Map(messages.map((each) => [each.id, { message: each, due: NOW, problem: '' }]));
  const outbox: Outbox = {
    due: async (now, most) =>
      [...kept.values()].flatMap((each) => (each.due <= now ? [each.message] : [])).slice(0, most),
    done: async (id) => {
      kept.delete(id);
    },
    again: async (id, attempts, at, problem) => {
      const found = kept.get(id);
      if (found !== undefined) kept.set(id, { message: { ...found.message, attempts }, due: at, problem });
    },
  };
  return { outbox, kept };
}

interface Sent {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function postOf(outbox: Outbox, answers: readonly (number | Error)[], more: Partial<Post> = {}) {
  const sent: Sent[] = [];
  const send = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = answers[Math.min(sent.length, answers.length - 1)] ?? 204;
    sent.push({ url: String(url), headers: init?.headers as Record<string, string>, body: String(init?.body) });
    if (answer instanceof Error) throw answer;
    return new Response(null, { status: answer });
  };
  const post: Post = {
    settings,
    outbox,
    snapshot: async () => ({ order: { id: 'order_1' } }),
    now: () => NOW,
    send,
    ...more,
  };
  return { post, sent };
}

it('sends what a thing is now, signed, under an id that stays the same', async () => {
  const { outbox, kept } = outboxOf(message('m1'));
  const { post, sent } = postOf(outbox, [204]);
  expect(await deliver(post, message('m1'))).toBe(true);
  expect(sent[0]?.url).toBe(settings.hookUrl);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    type: 'order.placed',
    timestamp: '2026-03-02T10:00:00.000Z',
    data: { order: { id: 'order_1' } },
  });
  expect(sent[0]?.headers).toMatchObject(signed(settings.hookSecret, 'm1', NOW.getTime(), sent[0]?.body ?? ''));
  expect(kept.size).toBe(0);
});

it('signs as the specification of Standard Webhooks shows', () => {
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const headers = signed('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', id, 1_614_265_330_000, '{"test": 2432232314}');
  expect(headers).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it.each([[503], [401], [410], [new Error('ECONNREFUSED')]])(
  'keeps what %s did not take, and waits longer each time',
  async (answer) => {
    const { outbox, kept } = outboxOf(message('m1', { attempts: 2 }));
    const { post } = postOf(outbox, [answer]);
    expect(await deliver(post, message('m1', { attempts: 2 }))).toBe(false);
    expect(kept.get('m1')?.message.attempts).toBe(3);
    expect(kept.get('m1')?.due.getTime()).toBe(NOW.getTime() + 120_000);
    expect(kept.get('m1')?.problem).toBe(answer instanceof Error ? 'not reached' : `answered ${answer}`);
  },
);

it('stops at the first that does not get through, and goes through all once it does', async () => {
  const many = Array.from({ length: 120 }, (_, index) => message(`m${index}`));
  const { outbox, kept } = outboxOf(...many);
  const down = postOf(outbox, [204, 204, 503]);
  expect(await deliverDue(down.post)).toBe(2);
  expect(down.sent.length).toBe(3);
  expect(kept.size).toBe(118);
  const later = () => new Date(NOW.getTime() + 60_000);
  const up = postOf(outbox, [204], { now: later });
  expect(await deliverDue(up.post)).toBe(118);
  expect(kept.size).toBe(0);
});

it('drops what is no longer there, and what nobody took for thirty days', async () => {
  const { outbox, kept } = outboxOf(message('m1'), message('m2', { createdAt: new Date('2026-01-01T00:00:00Z') }));
  const gone = postOf(outbox, [204], { snapshot: async () => null });
  expect(await deliver(gone.post, message('m1'))).toBe(true);
  expect(gone.sent).toEqual([]);
  await deliver(postOf(outbox, [503]).post, message('m2', { createdAt: new Date('2026-01-01T00:00:00Z') }));
  expect(kept.size).toBe(0);
});

it('keeps a message whose thing could not be read just now', async () => {
  const { outbox, kept } = outboxOf(message('m1'));
  const failing = postOf(outbox, [204], { snapshot: () => Promise.reject(new Error('the database is away')) });
  expect(await deliver(failing.post, message('m1'))).toBe(false);
  expect(kept.size).toBe(1);
});

it('waits from half a minute to an hour', () => {
  const waits = [1, 2, 3, 7, 8, 50].map(
    (attempts) => ((nextTry(attempts, NOW, NOW)?.getTime() ?? 0) - NOW.getTime()) / 1_000,
  );
  expect(waits).toEqual([30, 60, 120, 1_920, 3_600, 3_600]);
});
