import { sayEvent } from '../../core/events/say.ts';
import { type Html, html } from '../../core/shared/html.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { isolated, sayDate, sayMoment } from '../../core/shared/words.ts';
import type { ActRecord } from '../../ports/enforcing.ts';
import type { OpenedEvent } from '../../ports/ledger.ts';
import type { ListEntry } from '../../ports/lists.ts';
import type { CustomerAppeal } from '../../workflows/appeals/types.ts';
import { eventForItsCustomer, type HeldData } from '../../workflows/portal/data-page.ts';
import { text, written } from './markup.ts';
import { noticeView } from './pages/document.ts';
import { PORTAL_STYLE, themeStyle } from './style.ts';
import { type Visit, words } from './visit.ts';

/** Everything as JSON, event by event, so that the longest history needs no memory. */
export async function* dataAsJson(shop: Visit['shop'], held: HeldData): AsyncGenerator<string> {
  const { madeAt, who, language, standing } = held;
  const head = {
    madeAt: formatInstant(madeAt),
    shop: { name: shop.name, contact: shop.settings.supportEmail },
    you: { ...who, language: language ?? who.language ?? null },
    standing: {
      is: standing.is,
      since: standing.since === null ? null : formatInstant(standing.since),
      until: standing.until === null ? null : formatInstant(standing.until),
    },
    notices: held.notices.map(({ id, kind, language, issuedAt, text }) => ({
      id,
      kind,
      language,
      issuedAt: formatInstant(issuedAt),
      text,
    })),
    appeals: held.appeals.map(appealAsJson),
    files: held.files.map(({ id, appeal, name, type, bytes, addedAt }) => ({
      id,
      appeal,
      name,
      type,
      bytes,
      addedAt: formatInstant(addedAt),
    })),
    acts: held.acts.map(({ id, kind, name, act, state, askedAt, doneAt, reference }) => ({
      id,
      kind,
      about: name,
      details: act,
      state,
      askedAt: formatInstant(askedAt),
      doneAt: doneAt === null ? null : formatInstant(doneAt),
      reference,
    })),
    lists: held.entries.map(({ list, type, value, reason, answer, createdAt, until }) => ({
      list,
      type,
      value,
      reason,
      answer,
      since: formatInstant(createdAt),
      until: formatInstant(until),
    })),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "events": [`;
  let first = true;
  for await (const page of held.events)
    for (const opened of page) {
      yield `${first ? '' : ','}\n    ${JSON.stringify(eventForItsCustomer(opened))}`;
      first = false;
    }
  yield '\n  ]\n}\n';
}

const appealAsJson = ({ appeal, exchange, results }: CustomerAppeal) => ({
  id: appeal.id,
  type: appeal.type,
  measure: appeal.measure,
  ground: appeal.ground,
  state: appeal.state,
  filedAt: formatInstant(appeal.filedAt),
  dueAt: formatInstant(appeal.dueAt),
  decidedAt: appeal.decidedAt === null ? null : formatInstant(appeal.decidedAt),
  results,
  exchange: exchange.map(({ at, from, kind, text, attachments }) => ({
    at: formatInstant(at),
    from,
    kind,
    text,
    files: attachments.map(({ name }) => name),
  })),
});

/** The same as one page to read and keep: it stands alone, without anything from elsewhere. */
export async function* dataAsPage(visit: Visit, held: HeldData): AsyncGenerator<string> {
  const { language, shop } = visit;
  const say = (key: string, values: Readonly<Record<string, string>> = {}) => words(visit, `export.${key}`, values);
  const title = say('title', { shop: isolated(shop.name) });
  yield html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>`.text;
  yield `<style>${PORTAL_STYLE}${themeStyle(visit.accent)}</style></head><body><main>`;
  yield html`<h1>${text(title)}</h1><p class="soft">${say('made', { date: sayMoment(language, held.madeAt, shop.timeZone) })}</p><p>${say('kept')}</p>
<h2>${say('who')}</h2>${whoView(visit, held)}
<h2>${say('appeals')}</h2>${held.appeals.length === 0 ? html`<p>${say('none')}</p>` : held.appeals.map((each) => appealView(visit, each))}
<h2>${say('files')}</h2>${held.files.length === 0 ? html`<p>${say('none')}</p>` : html`<ul>${held.files.map(({ name, addedAt }) => html`<li><bdi>${name}</bdi> · ${sayDate(language, addedAt, shop.timeZone)}</li>`)}</ul>`}
<h2>${say('notices')}</h2>${held.notices.length === 0 ? html`<p>${say('none')}</p>` : held.notices.map((notice) => html`<details><summary>${sayDate(language, notice.issuedAt, shop.timeZone)} · ${text(notice.document.subject)}</summary>${noticeView(visit, notice, 2)}</details>`)}
<h2>${say('acts')}</h2>${held.acts.length === 0 ? html`<p>${say('none')}</p>` : html`<ul>${held.acts.map((act) => actView(visit, act))}</ul>`}
<h2>${say('lists')}</h2>${held.entries.length === 0 ? html`<p>${say('none')}</p>` : html`<ul>${held.entries.map((entry) => entryView(visit, entry))}</ul>`}
<h2>${say('events')}</h2><ul class="things">`.text;
  for await (const page of held.events) for (const opened of page) yield eventView(visit, opened).text;
  yield '</ul></main></body></html>\n';
}

function whoView(visit: Visit, { who, standing }: HeldData): Html {
  const rows = [
    ['name', who.name],
    ['email', who.email],
    ['phone', who.phone],
    ['customerNumber', who.externalId],
    ['address', addressLine(who.address)],
    ['birthYear', who.birthYear],
    ['device', who.device],
    ['card', who.card],
  ] as const;
  return html`<dl class="facts">${rows.map(([key, value]) => (value === undefined ? null : html`<dt>${words(visit, `export.${key}`)}</dt><dd><bdi>${value}</bdi></dd>`))}<dt>${words(visit, 'export.standing')}</dt><dd>${words(visit, `standing.${standing.is}`, { until: standing.until === null ? '' : sayDate(visit.language, standing.until, visit.shop.timeZone) })}</dd></dl>`;
}

const addressLine = (address: HeldData['who']['address']): string | undefined =>
  address && [address.street, address.postcode, address.city, address.country].filter(Boolean).join(', ');

const appealView = (visit: Visit, { appeal, exchange }: CustomerAppeal): Html =>
  html`<h3>${sayDate(visit.language, appeal.filedAt, visit.shop.timeZone)} · ${words(visit, `follow.state.${appeal.state}`)}</h3>${exchange.map(({ from, text: said }) => html`<p class="soft">${from === 'customer' ? words(visit, 'follow.you') : visit.shop.name}</p>${said === null ? null : written(said)}`)}`;

const entryView = (visit: Visit, { list, value, reason, createdAt, until }: ListEntry): Html =>
  html`<li>${value === null ? null : html`<bdi>${value}</bdi> · `}${words(visit, `export.entry.${list}`, {
    since: sayDate(visit.language, createdAt, visit.shop.timeZone),
    until: sayDate(visit.language, until, visit.shop.timeZone),
  })} <bdi>${reason}</bdi></li>`;

const actView = (visit: Visit, { kind, name, state, askedAt }: ActRecord): Html =>
  html`<li>${sayDate(visit.language, askedAt, visit.shop.timeZone)} · ${words(visit, `export.act.${kind}`)}${name === null ? null : html` <bdi>${name}</bdi>`} (${words(visit, `export.actState.${state}`)})</li>`;

/** In words where there are some, with the details as they are recorded in any case: nothing is left out. */
function eventView(visit: Visit, opened: OpenedEvent): Html {
  const { language, shop } = visit;
  const told = eventForItsCustomer(opened);
  const said = sayEvent(language, opened.event);
  const { text: wrote, reason, ...rest } = opened.private ?? {};
  const details = { ...('details' in told ? told.details : {}), ...rest };
  return html`<li><span>${sayDate(language, opened.event.occurredAt, shop.timeZone)}</span><span>${said === null ? words(visit, `export.kind.${familyOf(opened.event.kind)}`) : text(said)}${[wrote, reason].map((each) => (each === undefined ? null : html`<blockquote>${written(each)}</blockquote>`))}</span><details class="soft small"><summary>${words(visit, 'export.details')}</summary><code dir="ltr">${JSON.stringify(details)}</code> <bdi>${told.source}</bdi></details></li>\n`;
}

const FAMILIES = [
  'account',
  'note',
  'measure',
  'proposal',
  'decision',
  'event',
  'appeal',
  'notice',
  'objection',
  'link',
] as const;

/** What a kind without a sentence of its own is called; the details beside it hold the rest. */
function familyOf(kind: string): string {
  return FAMILIES.find((family) => kind.startsWith(`${family}.`)) ?? 'other';
}
