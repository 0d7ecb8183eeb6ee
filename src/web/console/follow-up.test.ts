import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FOLLOW_UP_MS, followUp } from './follow-up.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks again for what is on screen until the standing has followed, and for nothing else', async () => {
  const cache = new QueryClient();
  let standing = 'good';
  const customer = vi.fn(async () => standing);
  const settings = vi.fn(async () => 'as before');
  const onScreen = new QueryObserver(cache, {
    queryKey: ['customer', { id: 1 }],
    queryFn: customer,
    staleTime: 15_000,
  });
  const beside = new QueryObserver(cache, { queryKey: ['settings'], queryFn: settings, staleTime: 15_000 });
  const leave = [onScreen.subscribe(() => undefined), beside.subscribe(() => undefined)];
  await vi.advanceTimersByTimeAsync(0);

  followUp(cache, ['customer']);
  expect(customer).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(FOLLOW_UP_MS[0]);
  expect([customer.mock.calls.length, onScreen.getCurrentResult().data]).toEqual([2, 'good']);
  standing = 'warned';
  await vi.advanceTimersByTimeAsync(FOLLOW_UP_MS[1]);
  expect([customer.mock.calls.length, onScreen.getCurrentResult().data]).toEqual([3, 'warned']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(customer).toHaveBeenCalledTimes(3);
  expect(settings).toHaveBeenCalledTimes(1);
  for (const each of leave) each();
  cache.clear();
});
