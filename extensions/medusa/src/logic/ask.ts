import type { Configuration } from './options.ts';
import type { Question } from './shopper.ts';

/** What Evenhand said, or that it said nothing that can be used within the time. */
export type Answer =
  | { readonly kind: 'answered'; readonly outcome: Outcome; readonly words: string | null }
  | { readonly kind: 'silent'; readonly why: 'late' | 'unreachable' | 'refused' | 'unreadable' };
export type Outcome = 'allow' | 'challenge' | 'review' | 'deny';

const OUTCOMES: readonly unknown[] = ['allow', 'challenge', 'review', 'deny'];

/** What the customer reads in the one case where a refusal came without words. */
export const PLAIN_REFUSAL = 'This shop does not take this order. Please contact the shop.';

/** Asks for a decision, and waits no longer than was set. Never throws. */
export async function ask(
  { settings, timeoutMs }: Configuration,
  question: Question,
  send: typeof fetch = fetch,
): Promise<Answer> {
  if (settings === null) return { kind: 'silent', why: 'unreachable' };
  const tooLate = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(settings.decisionsUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
      redirect: 'error',
      signal: tooLate,
    });
    const text = await response.text();
    if (response.status !== 200) return { kind: 'silent', why: 'refused' };
    return readAnswer(text) ?? { kind: 'silent', why: 'unreadable' };
  } catch {
    return { kind: 'silent', why: tooLate.aborted ? 'late' : 'unreachable' };
  }
}

function readAnswer(text: string): Answer | null {
  try {
    const { outcome, message } = JSON.parse(text) as { outcome?: unknown; message?: { text?: unknown } | null };
    if (!OUTCOMES.includes(outcome)) return null;
    const words = message?.text;
    return { kind: 'answered', outcome: outcome as Outcome, words: typeof words === 'string' ? words : null };
  } catch {
    return null;
  }
}

/** The sentence with which to refuse; null: the customer goes on. */
export const refusalOf = (answer: Answer): string | null =>
  answer.kind === 'answered' && answer.outcome === 'deny' ? (answer.words ?? PLAIN_REFUSAL) : null;

/** Whether nothing is left for Evenhand to look at after the order: it answered, and had nothing to say against it. */
export const isSettled = (answer: Answer): boolean => answer.kind === 'answered' && answer.outcome === 'allow';
