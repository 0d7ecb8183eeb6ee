import { assertNever } from '../shared/assert-never.ts';
import type { Money } from '../shared/money.ts';
import { isolated, type Language, say, sayMoney } from '../shared/words.ts';
import type { LedgerEvent } from './event.ts';

/**
 * What happened, in a few words to the customer it happened to, without its date: "Return from order 1001, €49.95". Never names
 * people, and never says how something was noticed. Null for what is told elsewhere (measures, appeals, notices) or to staff only.
 */
export function sayEvent(language: Language, event: LedgerEvent): string | null {
  const told = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    say(language, `events.${key}`, values);
  const amountOf = (money: Money): string => sayMoney(language, money.amount, money.currency);
  /** The same with and without the order it was about. */
  const about = (key: string, order: string | undefined, values: Readonly<Record<string, string>> = {}): string =>
    order === undefined ? told(`${key}.plain`, values) : told(`${key}.order`, { ...values, order: isolated(order) });

  switch (event.kind) {
    case 'order.placed':
      return told('order.placed', { order: isolated(event.body.order), amount: amountOf(event.body.total) });
    case 'order.cancelled':
      return told(`order.cancelled.${event.body.by === 'shop' ? 'shop' : event.body.stage}`, {
        order: isolated(event.body.order),
      });
    case 'order.delivered':
    case 'order.delayed':
      return told(event.kind, { order: isolated(event.body.order) });
    case 'order.address_changed':
      return told(`order.address_changed.${event.body.stage}`, { order: isolated(event.body.order) });
    case 'payment.captured':
      return told('payment.captured', { order: isolated(event.body.order), amount: amountOf(event.body.amount) });
    case 'payment.failed':
      return about('payment.failed', event.body.order);
    case 'payment.disputed':
      return about('payment.disputed', event.body.order, { amount: amountOf(event.body.amount) });
    case 'payment.dispute_won':
    case 'payment.dispute_lost':
      return told(event.kind);
    case 'return.requested':
    case 'return.received':
      return about(event.kind, event.body.order, { amount: amountOf(event.body.value) });
    case 'return.inspected':
      return told(`return.inspected.${event.body.grade}`);
    case 'refund.issued':
      return about(event.body.goodsBack ? 'refund.back' : 'refund.kept', event.body.order, {
        amount: amountOf(event.body.amount),
      });
    case 'claim.opened':
      return about(`claim.opened.${event.body.type}`, event.body.order);
    case 'claim.resolved':
      return told(`claim.resolved.${event.body.outcome}`);
    case 'complaint.opened':
      return about('complaint.opened', event.body.order);
    case 'complaint.resolved':
      return told(`complaint.resolved.${event.body.outcome}`);
    case 'message.received':
      return told(`message.received.${event.body.channel}`);
    case 'message.labelled':
      return told('message.labelled');
    case 'review.posted':
      return told('review.posted', { count: event.body.rating });
    case 'review.assessed':
      return told(`review.assessed.${event.body.outcome}`);
    case 'account.created':
    case 'account.closed':
    case 'account.identified':
    case 'account.erased':
    case 'note.added':
    case 'measure.started':
    case 'measure.changed':
    case 'measure.lifted':
    case 'measure.expired':
    case 'measure.voided':
    case 'measure.suspended':
    case 'measure.resumed':
    case 'proposal.made':
    case 'proposal.withdrawn':
    case 'proposal.declined':
    case 'proposal.first_approval':
    case 'proposal.colleague_asked':
    case 'proposal.reopened':
    case 'decision.made':
    case 'decisions.allowed':
    case 'event.corrected':
    case 'appeal.filed':
    case 'appeal.taken':
    case 'appeal.information_asked':
    case 'appeal.information_given':
    case 'appeal.decided':
    case 'appeal.withdrawn':
    case 'notice.issued':
    case 'entry.added':
    case 'entry.changed':
    case 'entry.extended':
    case 'entry.removed':
    case 'link.found':
    case 'link.confirmed':
    case 'link.split':
    case 'link.reopened':
    case 'objection.filed':
    case 'objection.decided':
    case 'objection.withdrawn':
      return null;
    case 'evasion.found':
      return told('evasion.found');
    default:
      return assertNever(event);
  }
}
