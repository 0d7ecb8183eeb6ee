import type { Browser, Page } from 'playwright-core';
import { instant } from '../../../src/core/shared/time.ts';
import { buildServer } from '../../../src/http/server.ts';
import { type PortalScene, startPortal } from '../../support/portal.ts';
import { builtConsole } from './built.ts';
import { SIZES, type Size } from './site.ts';

/** The portal in a browser: a shop with two customers and a measure each, by today's clock. */
export interface PortalSite extends PortalScene {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export async function servePortal(): Promise<PortalSite> {
  const [scene, webFolder] = await Promise.all([startPortal(instant(Date.now())), builtConsole()]);
  const app = await buildServer({ ...scene.api.deps, webFolder });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...scene,
    origin,
    async close() {
      await app.close();
      await scene.api.close();
    },
  };
}

export interface PortalLook {
  readonly size?: Size;
  readonly scheme?: 'light' | 'dark';
  readonly language?: string;
  readonly scripts?: boolean;
}

/** A customer's browser. */
export async function customerPage(browser: Browser, origin: string, look: PortalLook = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: SIZES[look.size ?? 'phone'],
    colorScheme: look.scheme ?? 'light',
    locale: look.language ?? 'en',
    javaScriptEnabled: look.scripts ?? true,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(12_000);
  return context.newPage();
}
