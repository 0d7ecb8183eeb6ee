import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addPeriod, parsePeriod } from '../../../src/core/shared/period.ts';
import { unwrap } from '../../../src/core/shared/result.ts';
import { formatInstant, type Instant, instant } from '../../../src/core/shared/time.ts';
import { type Language, say } from '../../../src/core/shared/words.ts';
import { OWNER, PASSWORD } from '../../support/api.ts';
import { createEmptyDatabase, dropDatabase } from '../../support/database.ts';
import { languages } from '../../support/languages.ts';
import { type Service, startService, stopService } from '../../support/service-process.ts';
import { type Mailbox, openMailbox, type Received } from '../../support/smtp.ts';
import { builtConsole } from './built.ts';
import { launchBrowser, type TestBrowser } from './chromium.ts';
import { englishBut, overflowing, shownOn } from './english.ts';
import { customerPage } from './portal.ts';
import { complaints, openPage, settled, shot } from './site.ts';
import { type ConsoleWords, consoleWords, likeTemplate, written } from './story-words.ts';

/** The service as its own process, a mail server and a browser, for stories that take months. */
export interface Stories {
  readonly shop: (language: string, policy: string) => Promise<StoryShop>;
  readonly close: () => Promise<void>;
}

/** An event the webshop reports, some days from now (negative: ago). */
export interface Told {
  readonly kind: string;
  readonly days: number;
  readonly body: object;
}

/** One shop, whose staff and customers speak one language. */
export interface StoryShop {
  readonly language: Language;
  readonly slug: string;
  readonly name: string;
  readonly words: ConsoleWords;
  /** What customers are told, from the same files. */
  readonly say: (key: string, values?: Parameters<typeof say>[2]) => string;
  readonly written: ReturnType<typeof written>;
  /** The webshop reports what its customer did. */
  readonly tells: (events: readonly Told[], customer?: 'hers' | 'another') => Promise<void>;
  /** A console, signed in. */
  readonly staff: (who: Staff) => Promise<Page>;
  readonly customer: (look?: { readonly scripts?: boolean }) => Promise<Page>;
  /** Approves what the policy proposes now, in the console. `type`: which proposal, where several wait. */
  readonly approves: (page: Page, type: 'warning' | 'restriction' | 'block') => Promise<void>;
  /** The next message to the customer whose subject has these words, once it is there. No message is given twice. */
  readonly mail: (subject: string) => Promise<Received>;
  /** Opens what a message links to, by the button as a person does. */
  readonly open: (page: Page, mail: Received) => Promise<void>;
  /** Time goes by. */
  readonly later: (period: string) => Promise<void>;
  /** That the page is in this language only, turned the right way, and fits. Takes pictures where they are asked for. */
  readonly look: (page: Page, name: string) => Promise<void>;
  /** The same for a message as a mail program shows it. */
  readonly lookAtMail: (mail: Received, name: string) => Promise<void>;
}

export type Staff = 'mia' | 'noor';
const ADDRESS = 'customer@people.example';
const ACCENT = '#7a2e5d';

export async function startStories(): Promise<Stories> {
  const home = await mkdtemp(join(tmpdir(), 'evenhand-story-'));
  const aheadFile = join(home, 'ahead');
  let ahead = 0;
  const now = (): Instant => instant(Date.now() + ahead);
  await writeFile(aheadFile, '0');
  const [databaseUrl, mailbox, chromium, webFolder] = await Promise.all([
    createEmptyDatabase({ server: 'newest' }),
    openMailbox(),
    launchBrowser(),
    builtConsole(),
  ]);
  const service = await startService(
    {
      dataFolder: join(home, 'data'),
      environment: {
        DATABASE_URL: databaseUrl,
        EVENHAND_SMTP_URL: mailbox.url,
        EVENHAND_MAIL_FROM: 'care@shop.example',
        TEST_AHEAD_FILE: aheadFile,
        TEST_WEB_FOLDER: webFolder,
      },
    },
    'test/support/service-ahead.ts',
  );
  const later = async (period: string): Promise<void> => {
    ahead += addPeriod(now(), unwrap(parsePeriod(period))) - now();
    await writeFile(aheadFile, String(ahead));
  };
  const pages: Page[] = [];
  const stage: Stage = { service, mailbox, chromium, now, later, pages };
  return {
    shop: (language, policy) => openShop(stage, languages.of(language), policy),
    async close() {
      await chromium.close();
      await stopService(service);
      await mailbox.close();
      await dropDatabase(databaseUrl);
      await rm(home, { recursive: true, force: true });
      expect(service.err()).toBe('');
      expect(pages.flatMap(complaints)).toEqual([]);
    },
  };
}

interface Stage {
  readonly service: Service;
  readonly mailbox: Mailbox;
  readonly chromium: TestBrowser;
  readonly now: () => Instant;
  readonly later: (period: string) => Promise<void>;
  readonly pages: Page[];
}

async function openShop(stage: Stage, language: Language, policy: string): Promise<StoryShop> {
  const { service, mailbox, chromium, now, later } = stage;
  const slug = `tulip-${language.code}`;
  const name = 'Tulip & Thread';
  const address = `${language.code}.${ADDRESS}`;
  const mia = { ...OWNER };
  const noor = { name: 'Noor Jansen', email: `noor.${language.code}@tulip.example`, password: PASSWORD };
  const people = { mia, noor };
  const owner = await ownerOf(service.url);
  const facts = {
    ...{ name, slug, currency: 'EUR', timeZone: 'Europe/Amsterdam', jurisdictions: ['NL'] },
    languages: [language.code],
  };
  await owner.makeShop(facts);
  await owner.ask('PATCH', `/shops/${slug}/settings`, { publicUrl: service.url, supportEmail: 'help@tulip.example' });
  await owner.ask('PUT', `/shops/${slug}/branding`, { accentColour: ACCENT });
  await owner.ask('POST', `/shops/${slug}/staff`, { ...noor, role: 'manager' });
  await owner.ask('POST', `/shops/${slug}/policy/publish`, {
    source: policy,
    note: 'For all of us',
    expectedVersion: 1,
  });
  const { key } = await owner.ask<{ key: string }>('POST', `/shops/${slug}/keys`, {
    name: 'Webshop',
    scopes: ['events:write'],
  });
  const words = consoleWords(language.code);
  const own = written(language.code);
  const isEnglish = language.code === 'en' ? () => [] : englishBut(language.code);
  let told = 0;

  const read = new Set<Received>();
  const mail = async (subject: string): Promise<Received> => {
    const pattern = new RegExp(`^${likeTemplate(language.words[subject] ?? `no words: ${subject}`)}$`);
    const plain = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');
    const found = await mailbox.waitFor(
      (each) => !read.has(each) && each.to.includes(address) && pattern.test(plain(each.subject)),
      20_000,
    );
    read.add(found);
    return found;
  };

  const look = async (page: Page, name: string): Promise<void> => {
    const dressed = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    expect(dressed, name).toEqual([language.code, language.dir]);
    expect(isEnglish(await shownOn(page)), name).toEqual([]);
    expect(await overflowing(page), name).toEqual([]);
    if (process.env.EVENHAND_SHOTS !== undefined) await pictures(page, `${name}-${language.code}`);
  };

  return {
    language,
    slug,
    name,
    words,
    say: (key, values) => say(language, key, values),
    written: own,
    later,
    mail,
    async tells(events, customer = 'hers') {
      const who =
        customer === 'hers'
          ? { externalId: 'C-17', email: address, name: own.customer }
          : { externalId: 'C-18', email: `another.${address}` };
      const body = {
        events: events.map(({ kind, days, body }) => ({
          kind,
          id: `${slug}-${++told}`,
          occurredAt: formatInstant(instant(now() + days * 86_400_000)),
          customer: who,
          body,
        })),
      };
      const answer = await fetch(`${service.url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(await answer.json()).toMatchObject({ added: events.length });
    },
    async staff(who) {
      const page = await openPage(chromium.browser, service.url, { language: language.code });
      stage.pages.push(page);
      await page.clock.install({ time: now() });
      await page.goto(`/sign-in?to=/shops/${slug}`);
      await page.locator('input[name=email]').fill(people[who].email);
      await page.locator('input[name=password]').fill(people[who].password);
      await page.getByRole('button', { name: words.t('welcome:signIn.submit') }).click();
      await page.waitForURL(({ pathname }) => pathname === `/shops/${slug}`);
      return page;
    },
    customer: async (look = {}) => {
      const page = await customerPage(chromium.browser, service.url, { language: language.code, ...look });
      stage.pages.push(page);
      return page;
    },
    async approves(page, type) {
      const proposed = async () => {
        const answer = await page.request.get(`/api/shops/${slug}/review`);
        const { items } = (await answer.json()) as { items: { id: string; type: string }[] };
        return items.find((each) => each.type === type)?.id;
      };
      await expect.poll(proposed, { timeout: 20_000, interval: 100 }).toBeDefined();
      await page.goto(`/shops/${slug}/review/${await proposed()}`);
      await settled(page);
      // What the customer will read stands there before anything is decided.
      await page.locator(`article [lang=${language.code}][dir=${language.dir}]`).first().waitFor();
      await page.getByRole('button', { name: words.like(`events:effect.do.${type}`) }).click();
      if (type === 'block') await page.getByRole('button', { name: words.t('review:block.confirm') }).click();
      await page
        .getByText(words.like(`review:said.${type}`))
        .first()
        .waitFor();
    },
    async open(page, message) {
      const link = message.links.find((each) => each.includes(`/c/${slug}/open/`));
      if (link === undefined) throw new Error(`No link in "${message.subject}"`);
      await page.goto(link);
      await page.locator('main form button').click();
      await page.waitForURL((url) => !url.pathname.includes('/open/'));
    },
    look,
    async lookAtMail({ html }, name) {
      const page = await openPage(chromium.browser, service.url, { size: 'phone' });
      await page.setContent(html);
      await look(page, name);
      await page.context().close();
    },
  };
}

/** The page as it is on a phone and on a desk. */
export async function pictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.evaluate(() => scrollTo(0, 0));
    await shot(page, `story-${name}-${width}`, { fullPage: true });
  }
  if (before !== null) await page.setViewportSize(before);
}

interface Owner {
  readonly ask: <T = unknown>(method: string, path: string, body: unknown) => Promise<T>;
  readonly makeShop: (shop: object) => Promise<void>;
}

/** The owner at the API: the first visit makes them, later ones sign in. */
async function ownerOf(url: string): Promise<Owner> {
  let [cookie, csrf] = ['', ''];
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { cookie, 'x-evenhand-csrf': csrf, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    cookie = /^evenhand_session=[^;]+/.exec(answer.headers.getSetCookie().join('\n'))?.[0] ?? cookie;
    return answer;
  };
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await send(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    const said = (await answer.json()) as T;
    if (typeof said === 'object' && said !== null && 'csrf' in said) csrf = String(said.csrf);
    return said;
  };
  const { needed } = await ask<{ needed: boolean }>('GET', '/setup');
  if (!needed) await ask('POST', '/session', { email: OWNER.email, password: OWNER.password });
  return {
    ask,
    makeShop: async (shop) => {
      await (needed ? ask('POST', '/setup', { owner: OWNER, shop }) : ask('POST', '/shops', shop));
    },
  };
}
