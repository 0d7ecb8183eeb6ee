import type { IncomingEnvelope } from '../../../core/events/incoming.ts';
import { currencyExponent, isCurrency } from '../../../core/shared/money.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant, instant } from '../../../core/shared/time.ts';
import type { PlatformReading, ReadingContext, ReadingFault } from '../../../ports/platforms.ts';
import { rateOf } from './orders.ts';
import { personOfOrder } from './person.ts';
import type { WooDispute } from './shapes.ts';

const REASONS: Readonly<Record<string, string>> = {
  fraudulent: 'fraudulent',
  unrecognized: 'unrecognized',
  product_not_received: 'product_not_received',
  product_unacceptable: 'product_unacceptable',
  credit_not_processed: 'credit_not_processed',
  duplicate: 'duplicate',
  subscription_canceled: 'subscription_cancelled',
  general: 'general',
};

/** Stripe counts these in hundredths, although they have none. */
const HUNDREDTHS: readonly string[] = ['ISK', 'UGX'];

/** A dispute of WooPayments. Won and lost are told once it says when that was. */
export function readDispute(dispute: WooDispute, context: ReadingContext): Result<PlatformReading, ReadingFault> {
  const { order } = dispute.evenhand;
  const names = [{ id: String(order.id), name: order.number }];
  const currency = dispute.currency.toUpperCase();
  if (!isCurrency(currency))
    return err({ kind: 'drift', path: 'currency', message: 'is not an ISO 4217 currency code' });
  const customer = personOfOrder(order, context);
  if (customer === null) return ok({ events: [], names, addresses: [], effects: [] });

  const rate = order.currency.toUpperCase() === currency ? rateOf(order, context) : null;
  const rated = rate === null ? {} : { rate };
  const about = { dispute: dispute.id };
  const events: IncomingEnvelope[] = [
    {
      kind: 'payment.disputed',
      id: `dispute:${dispute.id}`,
      occurredAt: fromUnix(dispute.created),
      customer,
      body: {
        ...about,
        order: order.number,
        amount: { amount: minorUnits(dispute.amount, currency), currency, ...rated },
        reason: REASONS[dispute.reason ?? ''] ?? 'other',
      },
    },
  ];
  const closed = closedAt(dispute);
  if (closed !== null && (dispute.status === 'won' || dispute.status === 'lost'))
    events.push({
      kind: `payment.dispute_${dispute.status}`,
      id: `dispute:${dispute.id}:${dispute.status}`,
      occurredAt: closed,
      customer,
      body: about,
    });
  return ok({ events, names, addresses: [], effects: [] });
}

const minorUnits = (amount: number, currency: string): number =>
  HUNDREDTHS.includes(currency) && currencyExponent(currency) === 0 ? Math.round(amount / 100) : amount;

function closedAt({ metadata }: WooDispute): string | null {
  const seconds = Number(metadata?.__dispute_closed_at ?? Number.NaN);
  return Number.isInteger(seconds) && seconds > 0 ? fromUnix(seconds) : null;
}

const fromUnix = (seconds: number): string => formatInstant(instant(seconds * 1000));
