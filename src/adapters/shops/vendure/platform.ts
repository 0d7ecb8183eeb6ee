import type { ShopAct } from '../../../core/enforcement/types.ts';
import { decimalToUnits } from '../../../core/shared/decimal.ts';
import { currencyExponent } from '../../../core/shared/money.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type {
  HistoryPage,
  Json,
  MarkedCustomer,
  PlatformFault,
  Reach,
  ShopPlatform,
} from '../../../ports/platforms.ts';
import { abilities } from './abilities.ts';
import { readAddress } from './address.ts';
import { askFinished } from './calls.ts';
import { check } from './check.ts';
import { checkAnswer, doneAnswer, historyAnswer, orderAnswer } from './payloads.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

/** Vendure 3, by our plug-in there (extensions/vendure): it asks for decisions, tells what happens, shows the past and does acts. */
export const vendure: ShopPlatform = {
  name: 'vendure',
  abilities,
  fields: [],
  readAddress,
  check,
  // The merchant puts what Evenhand shows into the plug-in's options: nothing is set up from here.
  connect: async () => ok({}),
  disconnect: async () => ok(null),
  verify: (webhook, secrets, _connection, _credentials, now) => verify(webhook, secrets, now),
  read,
  async history(reach, from, since): Promise<Result<HistoryPage, PlatformFault>> {
    const asked = { what: 'history', from, since: since === null ? null : formatInstant(since) };
    const page = await askFinished(reach, asked, historyAnswer);
    if (!page.ok) return page;
    const { records, next, total } = page.value;
    return ok({
      records: records.map((payload) => ({ topic: payload.type, payload: payload as Json })),
      next: next === null ? null : { of: next.of, after: next.after },
      total,
      waitMs: 0,
    });
  },
  async order(reach, id) {
    const record = await askFinished(reach, { what: 'order', id }, orderAnswer);
    return record.ok ? ok([{ topic: record.value.type, payload: record.value as Json }]) : record;
  },
  async mark(reach, customer, { as }) {
    const done = await told(reach, { what: 'mark', customer: marked(customer), as });
    return done.ok ? ok(null) : done;
  },
  listGuests: null,
  async act(reach, act, _customer, key) {
    const plain = await plainAct(reach, act);
    return plain.ok ? told(reach, { what: 'act', act: plain.value, key }) : plain;
  },
  authorise: null,
};

async function told(reach: Reach, what: Json): Promise<Result<{ readonly reference: string | null }, PlatformFault>> {
  const answer = await askFinished(reach, what, doneAnswer);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (!('fault' in value)) return ok({ reference: value.reference as string | null });
  const { kind, detail = 'It gave no reason.' } = value.fault as {
    kind: 'gone' | 'cannot' | 'refused';
    detail?: string;
  };
  return err(kind === 'refused' ? { kind, detail: detail.slice(0, 300) } : { kind });
}

const marked = ({ externalId, email }: MarkedCustomer): Json => ({ id: externalId, email });

/** An act as the plug-in takes it: times as text, money in the units that Vendure counts in. */
async function plainAct(reach: Reach, act: ShopAct): Promise<Result<Json, PlatformFault>> {
  switch (act.kind) {
    case 'approve_return':
    case 'decline_return':
    case 'give_store_credit':
    case 'give_gift_card':
      return err({ kind: 'cannot' });
    case 'give_discount': {
      const until = act.until === null ? null : formatInstant(act.until);
      if ('percent' in act.off) return ok({ kind: act.kind, off: { percent: act.off.percent }, until });
      const { amount, currency } = act.off.amount;
      const shop = await askFinished(reach, { what: 'check' }, checkAnswer);
      if (!shop.ok) return shop;
      const units = decimalToUnits({ units: BigInt(amount), scale: currencyExponent(currency) }, shop.value.precision);
      return ok({ kind: act.kind, off: { units }, until });
    }
    default:
      return ok(act);
  }
}
