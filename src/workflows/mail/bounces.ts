import { err, ok, type Result } from '../../core/shared/result.ts';
import type { OutboxRow } from '../../ports/hearing.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { notFound, type Refused } from '../desk/refused.ts';

/** A message that came back, as whoever received it reports it. */
export interface ReportedBounce {
  /** The Message-ID of our message, with or without its angle brackets. */
  readonly messageId: string;
  readonly reason: string | null;
}

export interface RecordedBounce {
  readonly message: string;
  /** False: it was known before, and nothing changed. */
  readonly recorded: boolean;
}

const LONGEST = 240;

/** Records that a message came back after a server had taken it. Saying it again changes nothing. */
export function recordBounce(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  shop: Shop,
  bounce: ReportedBounce,
): Promise<Result<RecordedBounce, Refused>> {
  return store.transaction(async (held) => {
    const found = await held.outbox.byMessageId(shop.id, bracketed(bounce.messageId));
    const row: OutboxRow | null = found === null ? null : await held.outbox.hold(shop.id, found.id);
    if (row === null) return err(notFound('This shop sent no message with this Message-ID.'));
    const recorded = await held.outbox.move(shop.id, row.id, {
      state: 'bounced',
      at: clock.now(),
      trouble: 'returned',
      error: bounce.reason === null ? null : withoutAddresses(bounce.reason),
    });
    return ok({ message: row.id, recorded });
  });
}

const bracketed = (messageId: string): string => `<${messageId.trim().replace(/^<|>$/g, '')}>`;

function withoutAddresses(text: string): string {
  const line = text
    .replace(/<?[^\s<>"'=:;,()]+@[^\s<>"';,()]+>?/g, '…')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
