import type { HookAnswer, HookWire } from '../../ports/announcing.ts';
import type { Vault } from '../../ports.ts';
import { FetchFailed, type FetchFault, type FetchRules, guardedFetch, mayReach } from './guarded-fetch.ts';
import { signWebhook, webhookSecret } from './standard-webhooks.ts';

/** The Standard Webhooks specification asks senders to wait from 15 to 30 seconds. */
const ANSWER_MS = 15_000;
const SECRET_BYTES = 32;
const AGENT = 'Evenhand-Webhooks/1 (+https://www.standardwebhooks.com)';

/** Sends webhooks over HTTP. Without `allowPrivate`, https and public addresses only. */
export function createHookWire(
  { randomBytes }: Pick<Vault, 'randomBytes'>,
  rules: Pick<FetchRules, 'allowPrivate' | 'lookup' | 'answerMs'> = {},
): HookWire {
  const fetch = guardedFetch({ answerMs: ANSWER_MS, ...rules });
  return {
    newSecret: () => webhookSecret(randomBytes(SECRET_BYTES)),
    async refuses(url) {
      if (rules.allowPrivate !== true && /^http:/i.test(url)) return 'insecure';
      const fault = await mayReach(url, rules);
      return fault === 'address' || fault === 'private' || fault === 'unknown' ? fault : null;
    },
    async post({ url, secrets, id, body, now }) {
      const began = performance.now();
      const took = (): number => Math.round(performance.now() - began);
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': AGENT,
            ...signWebhook(secrets, id, now, body),
          },
          body,
        });
        // Only the status counts: what else a receiver says is neither read nor kept.
        await answer.body?.cancel();
        return { kind: 'answer', status: answer.status, retryAfterMs: waitIn(answer, now), ms: took() };
      } catch (error) {
        return { kind: 'fault', fault: faultOf(error), ms: took() };
      }
    },
  };
}

function faultOf(error: unknown): Extract<HookAnswer, { kind: 'fault' }>['fault'] {
  if (!(error instanceof FetchFailed)) throw error;
  const { fault } = error;
  return fault === 'large' ? 'broken' : (fault satisfies Exclude<FetchFault, 'large'>);
}

function waitIn({ headers }: Response, now: number): number | null {
  const said = headers.get('retry-after')?.trim() ?? '';
  const at = /^\d{1,9}$/.test(said) ? now + Number(said) * 1_000 : Date.parse(said);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
