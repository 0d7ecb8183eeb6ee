import type { Page } from 'playwright-core';
import { type Answers, answerWith } from '../fixtures/answer.ts';
import { conduct } from '../fixtures/conduct.ts';
import { hearing } from '../fixtures/hearing.ts';
import { links } from '../fixtures/links.ts';
import { lists } from '../fixtures/lists.ts';
import { aWorkingDay } from '../fixtures/shop.ts';
import { shopSystem } from '../fixtures/shop-system.ts';
import { launchBrowser } from './chromium.ts';
import { type Look, openPage, settled } from './site.ts';
import { serveConsole } from './static-site.ts';

/** Light and dark, on a phone and on a desk. */
export const LOOKS: readonly Look[] = [
  { size: 'phone', scheme: 'light' },
  { size: 'phone', scheme: 'dark' },
  { size: 'desk', scheme: 'light' },
  { size: 'desk', scheme: 'dark' },
];

export const everything: Answers = { ...aWorkingDay, ...conduct, ...hearing, ...shopSystem, ...lists, ...links };

export interface Screens {
  readonly open: (path: string, answers?: Answers, look?: Look) => Promise<Page>;
  /** Closes what the last test opened. */
  readonly tidy: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The built console in a browser, its pages fed by fixtures: every state can be had at will. */
export async function openScreens(): Promise<Screens> {
  const [site, chromium] = await Promise.all([serveConsole(), launchBrowser()]);
  const opened = new Set<Page>();
  return {
    async open(path, answers = {}, look = {}) {
      const page = await openPage(chromium.browser, site.origin, look);
      opened.add(page);
      await answerWith(page, { ...everything, ...answers });
      await page.goto(path);
      await settled(page);
      return page;
    },
    async tidy() {
      await Promise.all([...opened].map((page) => page.context().close()));
      opened.clear();
    },
    async close() {
      await chromium.close();
      await site.close();
    },
  };
}

/** How far the page can be scrolled sideways, in pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
