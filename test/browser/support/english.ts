import type { Page } from 'playwright-core';
import { formOf, textsOf } from '../../languages/files.ts';

/** A text a reader can see or hear, and where it stands. */
export interface Shown {
  readonly text: string;
  readonly where: string;
}

/** Everything on the page that is read: text, and what assistive technology is told instead of text. */
export function shownOn(page: Page): Promise<Shown[]> {
  return page.evaluate(() => {
    const found: { text: string; where: string }[] = [];
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${element.className && typeof element.className === 'string' ? `.${element.className.split(' ').slice(0, 3).join('.')}` : ''}`;
    const keep = (text: string | null, element: Element) => {
      const plain = text
        ?.replaceAll(/[\u2066-\u2069\u200e\u200f]/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
      if (plain) found.push({ text: plain, where: nameOf(element) });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      // What is marked as another language, or as no language at all, is meant to be what it is.
      if (parent === null || parent.closest('script, style, [translate=no]') !== null) continue;
      const marked = parent.closest('[lang]');
      if (marked !== null && marked !== document.documentElement && marked.getAttribute('lang') === 'en') continue;
      keep(node.nodeValue, parent);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) keep(element.getAttribute(name), element);
    keep(document.title, document.documentElement);
    return found;
  });
}

/** Text that runs out of its box: cut off without a way to read the rest, or over what stands beside it. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('svg, [aria-hidden=true], .cm-editor, pre') !== null) continue;
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
      if (!hasText || element.clientWidth === 0) continue;
      const style = getComputedStyle(element);
      if (isReadOutOnly(element)) continue;
      if (element.scrollWidth <= element.clientWidth + 1 || style.overflowX === 'auto' || style.overflowX === 'scroll')
        continue;
      // Whoever points at what is cut off is told the whole.
      element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      const toldElsewhere = element.closest('[title], [aria-label]') !== null;
      if (style.textOverflow === 'ellipsis' && toldElsewhere) continue;
      found.push(
        `${element.tagName.toLowerCase()}.${element.className.toString().slice(0, 60)} (${element.scrollWidth} in ${element.clientWidth} px): ${element.textContent?.trim().slice(0, 60)}`,
      );
    }
    return found;

    /** It, or what it stands in, is there for screen readers: cut to nothing, or put aside in a box of one pixel. */
    function isReadOutOnly(element: HTMLElement | null): boolean {
      if (element === null) return false;
      const { clipPath, position } = getComputedStyle(element);
      const isAside = (position === 'absolute' || position === 'fixed') && element.clientWidth <= 1;
      return clipPath !== 'none' || isAside || isReadOutOnly(element.parentElement);
    }
  });
}

interface Suspect {
  readonly key: string;
  readonly pattern: RegExp;
}

/** The English texts that another language says otherwise, to be looked for on its pages. */
export function englishBut(code: string): (shown: readonly Shown[]) => string[] {
  const own = textsOf(code);
  const english = textsOf('en');
  const ownTexts = new Set(own.values());
  const whole = new Map<string, string>();
  const patterns: Suspect[] = [];
  for (const [key, text] of english) {
    if (ownTexts.has(text) || own.get(key) === text || !/\p{L}{3,}/u.test(text.replaceAll(/\{\{.*?\}\}/g, '')))
      continue;
    if (!text.includes('{{')) whole.set(text, key);
    // With little more than holes a pattern would fit anything.
    else if (text.replaceAll(/\{\{.*?\}\}/g, '').replaceAll(/[^\p{L}]/gu, '').length >= 6)
      patterns.push({ key, pattern: patternOf(text) });
  }
  const keys = new Set([...english.keys()].map((key) => (formOf(key)?.base ?? key).split(': ')[1] ?? ''));
  return (shown) =>
    shown.flatMap(({ text, where }) => {
      const key = whole.get(text) ?? patterns.find(({ pattern }) => pattern.test(text))?.key;
      if (key !== undefined) return [`English: “${text}” in ${where} (${key})`];
      const bare = text.replace(/^\w+:/, '');
      return bare.includes('.') && keys.has(bare) ? [`a key: ${text} in ${where}`] : [];
    });
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{\{.*?\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+?')}$`, 's');
}
