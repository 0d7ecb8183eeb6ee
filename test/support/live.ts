import { randomIds } from '../../src/adapters/ids.ts';
import { createVault } from '../../src/adapters/vault/vault.ts';
import type { Clock } from '../../src/ports.ts';
import { LiveRules, type LiveRulesDeps } from '../../src/workflows/live/live-rules.ts';
import type { LiveRequest } from '../../src/workflows/live/types.ts';
import { changed, compiled, smallPolicy } from './policy.ts';

/** The small policy with live rules: the text of their list. */
export const policyWithLive = (rules: string): string =>
  `${changed(smallPolicy, ['introduction:', 'currency: EUR\nintroduction:'])}live:\n${rules}`;

/** A live rule named `id` that lets a person look when something is so. */
export const liveRule = (id: string, when: string, more = 'answer: challenge'): string => `  - id: ${id}
    title: The rule ${id}
    because: Something was so, and therefore we ask.
    when: ${when}
    ${more}
`;

/** Live rules with a policy of one's own; nothing is known of domains and networks but what `known` says. */
export function testLiveRules(
  policy: string,
  clock: Clock,
  known: Partial<LiveRulesDeps> & { readonly everyMs?: number; readonly faults?: unknown[] } = {},
): LiveRules {
  const { everyMs = 3_600_000, faults = [], ...deps } = known;
  return new LiveRules(
    {
      vault: createVault(Buffer.alloc(32, 42)),
      policies: {
        inForce: async () => ({
          compiled: compiled(policy),
          version: { version: 1, source: policy, note: '', author: null, publishedAt: clock.now() } as never,
        }),
      },
      disposable: { has: () => null },
      networks: { hosting: () => null },
      store: null,
      clock,
      ids: randomIds,
      ...deps,
    },
    { onFault: (error) => faults.push(error), everyMs, mostKeys: 4_096 },
  );
}

/** A request at the checkout of which nothing is known but what is given. */
export const liveRequest = (given: Partial<LiveRequest> = {}): LiveRequest => ({
  surface: 'purchase',
  email: null,
  phone: null,
  ip: null,
  device: null,
  card: null,
  address: null,
  order: null,
  ...given,
});
