import type { EventBody } from '../../src/core/events/event.ts';
import type { Identifier } from '../../src/core/identity/identifier.ts';
import type { AppendOutcome, OfferedEvent, ShownPart, Subject } from '../../src/ports/ledger.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { at } from './events.ts';

/** A customer by what the shop knows of them, as intake would hand it to the ledger. */
export function known(shown: ShownPart): Subject {
  const identifiers: Identifier[] = [];
  if (shown.externalId !== undefined) identifiers.push({ type: 'external', value: shown.externalId });
  if (shown.email !== undefined) identifiers.push({ type: 'email', value: shown.email.toLowerCase() });
  if (shown.phone !== undefined) identifiers.push({ type: 'phone', value: shown.phone });
  return { identifiers, shown };
}

/** An order of 20.00 unless told otherwise, numbered. */
export function order(
  number: number,
  subject: Subject | null,
  over: Partial<EventBody<'order.placed'>> = {},
): OfferedEvent {
  return {
    kind: 'order.placed',
    body: { order: `O${number}`, total: { amount: 20_00, currency: 'EUR' }, lines: [], ...over },
    subject,
    occurredAt: at('2026-05-01T10:00:00Z'),
    source: 'test',
    sourceId: `order:${number}`,
  };
}

/** The order with this number, all of it sent back. */
export function sentBack(number: number, subject: Subject, value = 20_00): OfferedEvent {
  return {
    kind: 'return.received',
    body: {
      return: `R${number}`,
      order: `O${number}`,
      lines: [],
      value: { amount: value, currency: 'EUR' },
      reason: 'unspecified',
      by: 'parcel',
    },
    subject,
    occurredAt: at('2026-05-08T10:00:00Z'),
    source: 'test',
    sourceId: `return:${number}`,
  };
}

export function append(deps: Deps, shop: Shop, offered: readonly OfferedEvent[]): Promise<readonly AppendOutcome[]> {
  return deps.store.transaction((store) => store.ledger.append(shop, offered));
}

/** The outcome of an event that was added; throws when it was not. */
export function added(outcome: AppendOutcome | undefined): Extract<AppendOutcome, { status: 'added' }> {
  if (outcome?.status !== 'added') throw new Error(`Not added: ${JSON.stringify(outcome)}`);
  return outcome;
}
