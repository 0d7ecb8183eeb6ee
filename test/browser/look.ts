import { parseArgs } from 'node:util';
import { answerWith } from './fixtures/answer.ts';
import { aWorkingDay } from './fixtures/shop.ts';
import { launchBrowser } from './support/chromium.ts';
import { complaints, openPage, SIZES, type Size, shot } from './support/site.ts';
import { serveConsole } from './support/static-site.ts';

/**
 * Draws screens of the built console with the fixtures' data, for a person to look at:
 * `node test/browser/look.ts /shops/tulip /shops/tulip/imports --size phone,desk --scheme light,dark --dir ltr,rtl`
 * prints the path of each PNG and what the browser complained about.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: 'phone,desk' },
    scheme: { type: 'string', default: 'light' },
    dir: { type: 'string', default: 'ltr' },
    full: { type: 'boolean', default: false },
  },
});
const site = await serveConsole();
const { browser, close } = await launchBrowser();
for (const path of positionals) {
  for (const size of values.size.split(',').filter((each): each is Size => each in SIZES)) {
    for (const scheme of values.scheme.split(',').map((each) => (each === 'dark' ? 'dark' : 'light'))) {
      for (const dir of values.dir.split(',').map((each) => (each === 'rtl' ? 'rtl' : 'ltr'))) {
        const page = await openPage(browser, site.origin, { size, scheme, dir });
        await answerWith(page, aWorkingDay);
        await page.goto(path, { waitUntil: 'networkidle' });
        const name = [path.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-/, ''), size, scheme, dir].join('-');
        console.log(await shot(page, name, { fullPage: values.full }), complaints(page).join(' | '));
        await page.context().close();
      }
    }
  }
}
await close();
await site.close();
