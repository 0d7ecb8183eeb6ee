import { parseArgs } from 'node:util';
import { type Answers, answerWith, never } from './fixtures/answer.ts';
import { refused } from './fixtures/shop.ts';
import { launchBrowser } from './support/chromium.ts';
import { everything } from './support/screens.ts';
import { complaints, openPage, SIZES, type Size, shot } from './support/site.ts';
import { serveConsole } from './support/static-site.ts';

/**
 * Draws screens of the built console with the fixtures' data, for a person to look at:
 * `node test/browser/look.ts /shops/tulip /shops/tulip/imports --size phone,desk --scheme light,dark --language en,he --loading appeals`
 * prints the path of each PNG and what the browser complained about.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: 'phone,desk' },
    scheme: { type: 'string', default: 'light' },
    dir: { type: 'string', default: '' },
    language: { type: 'string', default: 'en' },
    /** Routes that never answer, or fail: parts of their names. */
    loading: { type: 'string' },
    failing: { type: 'string' },
    /** The same, with nothing in their answers. */
    empty: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
});
const site = await serveConsole();
const { browser, close } = await launchBrowser();
const part = (name: string | undefined, answer: (usual: unknown) => unknown): Answers =>
  name === undefined
    ? {}
    : Object.fromEntries(
        Object.entries(everything)
          .filter(([route]) => route.includes(name))
          .map(([route, usual]) => [route, answer(usual)]),
      );
const emptied = (usual: unknown): unknown => {
  if (Array.isArray(usual)) return [];
  if (typeof usual === 'number') return 0;
  if (typeof usual !== 'object' || usual === null) return usual;
  return Object.fromEntries(
    Object.entries(usual).map(([name, value]) => [name, name === 'next' ? null : emptied(value)]),
  );
};
const answers: Answers = {
  ...everything,
  ...part(values.loading, () => never),
  ...part(values.failing, () => refused(500, 'Something broke.')),
  ...part(values.empty, emptied),
};
const list = (text: string) => text.split(',');
for (const path of positionals) {
  for (const size of list(values.size).filter((each): each is Size => each in SIZES)) {
    for (const scheme of list(values.scheme).map((each) => (each === 'dark' ? 'dark' : 'light'))) {
      for (const language of list(values.language)) {
        const page = await openPage(browser, site.origin, {
          size,
          scheme,
          language,
          ...(values.dir === 'rtl' && { dir: 'rtl' }),
        });
        await answerWith(page, answers);
        await page.goto(path, { waitUntil: values.loading === undefined ? 'networkidle' : 'load' });
        // What never answers never lets the network rest.
        if (values.loading !== undefined) await page.waitForTimeout(1_500);
        const words = [path.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-/, ''), size, scheme, language, values.dir];
        const name = [...words, values.loading && 'loading', values.failing && 'failing', values.empty && 'empty']
          .filter(Boolean)
          .join('-');
        console.log(await shot(page, name, { fullPage: values.full }), complaints(page).join(' | '));
        await page.context().close();
      }
    }
  }
}
await close();
await site.close();
