import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from './fixtures/answer.ts';
import { links } from './fixtures/links.ts';
import { asRole, id, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const QUESTIONS = '/shops/tulip/links';
const MARTA = `/shops/tulip/customers/${id(201)}`;
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe.each(LOOKS)('$size, $scheme', (look) => {
  it.each([
    ['the questions', QUESTIONS, /^Is .*Marta Wiśniewska.* the same person as/],
    ['a customer', MARTA, 'Linked accounts'],
  ])('%s: clean to axe, and not sideways', async (_, path, heading) => {
    const page = await screens.open(path, links, look);
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(complaints(page)).toEqual([]);
  });
});

it('asks with both sides and in words how much each thing weighs, and takes the answer by key, with undo', async () => {
  const bodies: unknown[] = [];
  const page = await screens.open(QUESTIONS, {
    ...links,
    'POST /api/shops/:shop/customers/:id/links': (asked) => {
      bodies.push(asked.body);
      return { state: bodies.length === 1 ? 'confirmed' : 'found', evasions: bodies.length === 1 ? 1 : 0 };
    },
  });
  await page.getByText('Same street and house number').first().waitFor();
  await page.getByText('weighs little · 14 customers share it').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('s');
  await page.getByText('one person, who came back while a measure was in force').first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back. The question is open again.').first().waitFor();
  expect(bodies).toEqual([
    { other: id(201), answer: 'confirm' },
    { other: id(201), answer: 'reopen' },
  ]);
});

it('puts a question off to the end for now, and answers nothing by it', async () => {
  const page = await screens.open(QUESTIONS, links);
  const headings = page.getByRole('heading', { level: 2 });
  await headings.first().waitFor();
  await page.keyboard.press('l');
  await expect.poll(() => headings.first().textContent()).toContain('Grzegorz');
});

it('offers no answer to an auditor, and teaches where nothing waits', async () => {
  const page = await screens.open(QUESTIONS, { ...links, 'GET /api/session': asRole('auditor') });
  await page.getByText('Same street and house number').first().waitFor();
  expect(await page.getByRole('button', { name: 'Same person', exact: true }).count()).toBe(0);
  const none = await screens.open(QUESTIONS, {
    ...links,
    'GET /api/shops/:shop/links': { items: [], next: null, waiting: 0 },
  });
  await none.getByText('Nobody seems to have come back under another name').waitFor();
});

it('offers an agent no answer that binds or frees somebody, by button, key or hint, and says who may', async () => {
  const bodies: unknown[] = [];
  const answers: Answers = {
    ...links,
    'GET /api/session': asRole('agent'),
    'POST /api/shops/:shop/customers/:id/links': (asked) => {
      bodies.push(asked.body);
      return { state: 'split', evasions: 0 };
    },
  };
  const page = await screens.open(QUESTIONS, answers);
  await page.getByText('J and K go from question to question, N not the same, L later.').waitFor();
  expect(await page.getByRole('button', { name: 'Same person', exact: true }).count()).toBe(0);
  await page.getByText('Only an owner or manager may say that they are one person').first().waitFor();
  await page.keyboard.press('s');
  await page.keyboard.press('n');
  await page.getByText('Recorded: two people.').first().waitFor();
  expect(bodies).toEqual([{ other: id(201), answer: 'split' }]);
  const customer = await screens.open(MARTA, answers);
  await customer.getByText('Only an owner or manager may change this answer').first().waitFor();
  expect(await customer.getByRole('button', { name: /^Take the answer back: .*M\. Wiśniewska/ }).count()).toBe(0);
  await customer.getByRole('button', { name: /^Take the answer back: .*Ewa Nowak/ }).waitFor();
});

it('draws who has to do with whom, walks through it by arrow keys, and opens a customer by Enter', async () => {
  const page = await screens.open(MARTA, links);
  const graph = page.getByRole('list', { name: /Linked accounts as a drawing/ });
  await graph.waitFor();
  await graph.getByText('This customer').click();
  await graph.getByRole('note').first().focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('perhaps the same');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain(id(231));
});

it('says beside its name that linked accounts could not be loaded, and tries again', async () => {
  let fails = true;
  const page = await screens.open(MARTA, {
    ...links,
    'GET /api/shops/:shop/customers/:id/links': () =>
      fails ? refused(500, 'The database does not answer.') : { accounts: [], shared: [] },
  });
  const part = page.getByRole('alert').filter({ hasText: 'The database does not answer.' });
  await part.waitFor();
  await page.getByRole('heading', { name: 'Linked accounts' }).waitFor();
  fails = false;
  await part.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No other account shares an address').waitFor();
});

it('says in the table that a household never inherits a measure', async () => {
  const page = await screens.open(MARTA, links);
  await page.getByText('Lives in the same home. Never inherits a measure.').waitFor();
  await page.getByRole('button', { name: /^Take the answer back: .*M\. Wiśniewska/ }).waitFor();
});
