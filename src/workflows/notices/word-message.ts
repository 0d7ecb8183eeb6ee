import { createHash } from 'node:crypto';
import { renderHtml } from '../../core/notices/html.ts';
import { resolveLinks } from '../../core/notices/links.ts';
import { renderText } from '../../core/notices/text.ts';
import type { Cause, IssuedNotice, NoticeDocument, NoticeKind } from '../../core/notices/types.ts';
import { noticeKinds } from '../../core/notices/types.ts';
import type { CustomerId, NoticeId } from '../../core/shared/brand.ts';
import { addPeriod, days } from '../../core/shared/period.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type { Envelope, OutboxRow } from '../../ports/hearing.ts';
import type { ShownPart } from '../../ports/ledger.ts';
import type { Shop } from '../../ports.ts';
import { customerLanguage } from '../portal/language.ts';
import { makePortalLink } from '../portal/links.ts';
import { type About, addressOf } from './addresses.ts';
import { compose } from './compose.ts';
import { type KnownCustomer, knownCustomer, type NoticeDeps } from './known.ts';
import { messageIdOf } from './message-id.ts';
import { deciders } from './people.ts';
import { footerOf, lookOfShop, settingOf } from './setting.ts';

/** How long the link in a message opens the portal. Afterwards the customer asks for a code. */
const LINK_LENGTH = days(90);

/** What became of a message that was to be put into words. */
export type Worded = 'worded' | 'cancelled';

/**
 * Puts a message into words from what is true now: in the customer's language, or for the team in the shop's first. The notice is
 * kept word for word and its hash written into the ledger, in the transaction of `deps.store`; what is no longer true is
 * cancelled. The words that are kept hold the portal's address, those that leave a link that opens it once. Where nobody's
 * address is known, the envelope names nobody, and the notice can be printed.
 */
export async function wordMessage(deps: NoticeDeps, shop: Shop, row: OutboxRow): Promise<Worded> {
  const { store } = deps;
  const now = deps.clock.now();
  if (row.customer === null) throw new Error(`A message about ${row.cause.kind} is about nobody`);
  const known = await knownCustomer(store, shop, row.customer, now);
  if (wasErasedSince(known, row.createdAt)) return cancelled(deps, shop, row, now);
  const shown = (await store.ledger.shownOf(shop.id, [row.customer])).get(row.customer) ?? {};
  const worded =
    row.audience === 'team'
      ? await wordForTeam(deps, shop, row, known, shown)
      : await wordForCustomer(deps, shop, row, known, shown);
  return worded ? 'worded' : cancelled(deps, shop, row, now);
}

async function cancelled({ store }: NoticeDeps, shop: Shop, row: OutboxRow, at: Instant): Promise<Worded> {
  await store.outbox.move(shop.id, row.id, { state: 'cancelled', at });
  return 'cancelled';
}

/** Nobody is written to who asked to be forgotten meanwhile, and nothing is kept about them. */
const wasErasedSince = ({ events }: KnownCustomer, at: Instant): boolean =>
  events.some((event) => event.kind === 'account.erased' && event.recordedAt >= at);

async function wordForCustomer(
  deps: NoticeDeps,
  shop: Shop,
  row: OutboxRow,
  known: KnownCustomer,
  shown: ShownPart,
): Promise<boolean> {
  const { store } = deps;
  const { customer, now } = known;
  const language = await customerLanguage(deps, shop, customer, known.events);
  const personal = await store.outbox.personal(shop.id, row.id);
  const setting = settingOf(deps, shop, language, now, personal);
  const document = await compose({ deps, shop, known, setting, shown }, row.cause);
  if (document === null) return false;
  const id = deps.ids.next<NoticeId>();
  const notice = noticeOf(deps, shop, { id, customer, language, now }, row.cause, document);
  await record(deps, shop, notice);
  const key = await makePortalLink(deps, store, shop, customer, id, addPeriod(now, LINK_LENGTH));
  const about = { ...aboutOf(customer, row.cause), language: language.code, notice: id, key };
  await store.outbox.worded(shop.id, row.id, {
    envelope: {
      to: shown.email === undefined ? [] : [shown.email],
      ...render(resolveLinks(document, addressOf(deps, shop, about)), shop, language),
    },
    messageId: row.messageId ?? messageIdOf(deps, shop, row.id),
    notice,
    at: now,
  });
  return true;
}

/** The team is written to in the shop's first language; what was said is kept with the message, and is no notice. */
async function wordForTeam(
  deps: NoticeDeps,
  shop: Shop,
  row: OutboxRow,
  known: KnownCustomer,
  shown: ShownPart,
): Promise<boolean> {
  const language = deps.languages.firstOf(shop.languages);
  const setting = settingOf(deps, shop, language, known.now);
  const document = await compose({ deps, shop, known, setting, shown }, row.cause);
  if (document === null) return false;
  const about = {
    ...aboutOf(known.customer, row.cause),
    language: language.code,
    notice: await noticeTold(deps, shop, row.cause),
    key: null,
  };
  await deps.store.outbox.worded(shop.id, row.id, {
    envelope: {
      to: deciders(known.colleagues).map(({ email }) => email),
      ...render(resolveLinks(document, addressOf(deps, shop, about)), shop, language, []),
    },
    messageId: row.messageId ?? messageIdOf(deps, shop, row.id),
    notice: null,
    at: known.now,
  });
  return true;
}

/** The notice by which the customer was told of what the team is told of. */
async function noticeTold({ store }: NoticeDeps, shop: Shop, cause: Cause): Promise<NoticeId | null> {
  if (!('measure' in cause)) return null;
  const told = await store.notices.ofMeasure(shop.id, cause.measure);
  return told.find(({ kind }) => kind === 'measure.started')?.id ?? null;
}

const aboutOf = (customer: CustomerId, cause: Cause): Pick<About, 'customer' | 'appeal'> => ({
  customer,
  appeal: 'appeal' in cause ? cause.appeal : null,
});

function noticeOf(
  deps: NoticeDeps,
  shop: Shop,
  made: { readonly id: NoticeId; readonly customer: CustomerId; readonly language: Language; readonly now: Instant },
  cause: Cause,
  document: NoticeDocument,
): IssuedNotice {
  const { id, customer, language, now } = made;
  const about = { ...aboutOf(customer, cause), language: language.code, notice: id, key: null };
  const kept = resolveLinks(document, addressOf(deps, shop, about));
  const { text, html } = render(kept, shop, language);
  return {
    id,
    customer,
    kind: kindOf(document),
    measure: 'measure' in cause ? cause.measure : null,
    appeal: 'appeal' in cause ? cause.appeal : null,
    language: language.code,
    issuedAt: now,
    document: kept,
    text,
    html,
  };
}

function kindOf({ kind }: NoticeDocument): NoticeKind {
  const found = noticeKinds.find((each) => each === kind);
  if (found === undefined) throw new Error(`A customer is not told of ${kind}`);
  return found;
}

function render(
  document: NoticeDocument,
  shop: Shop,
  language: Language,
  footer: readonly string[] = footerOf(language, shop),
): Omit<Envelope, 'to'> {
  return {
    subject: document.subject.replace(/[\u2066-\u2069]/g, ''),
    text: renderText(document, footer),
    html: renderHtml(document, lookOfShop(shop), footer),
  };
}

/** Says in the ledger that the customer was told, and by the hash of the words that they are still the same. */
async function record({ store }: NoticeDeps, shop: Shop, notice: IssuedNotice): Promise<void> {
  const { id, kind, measure, appeal, language, issuedAt, text, customer } = notice;
  const [outcome] = await store.ledger.append(shop, [
    {
      kind: 'notice.issued',
      body: { notice: id, kind, measure, appeal, language, hash: hashOf(text) },
      subject: { id: customer, identifiers: [], shown: {} },
      occurredAt: issuedAt,
      source: 'evenhand',
      sourceId: `notice:${id}`,
    },
  ]);
  if (outcome?.status !== 'added') throw new Error(`The ledger answered ${outcome?.status} to notice.issued`);
}

/** SHA-256 of the words, hexadecimal. */
export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
