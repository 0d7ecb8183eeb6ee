import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

/* What neither the compiler nor the linter checks in the browser's half: mirrored layouts, and no words outside the words files. */
const root = import.meta.dirname;
const ENGLISH = join(root, '../../languages/en/console');
const sources = globSync('**/*.{ts,tsx}', { cwd: root }).filter((file) => !/\.test\.tsx?$|\.d\.ts$/.test(file));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Found {
  readonly texts: string[];
  readonly attributes: [name: string, value: string][];
  readonly strings: string[];
  /** First arguments of `t(…)` and the like: whole keys, or the beginning of a composed one. */
  readonly keys: { readonly text: string; readonly whole: boolean }[];
  readonly namespaces: string[];
}

/** A function that turns a key into words. */
const TRANSLATES = /^(t|tc|words|translate)$/;

function literal(value: { type: string; value?: unknown } | null | undefined): string | null {
  return value?.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

function inspect(file: string, source = read(file)): Found {
  const found: Found = { texts: [], attributes: [], strings: [], keys: [], namespaces: [] };
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  new Visitor({
    JSXText: (node) => void found.texts.push(node.value),
    JSXAttribute(node) {
      const value = literal(node.value as { type: string; value?: unknown } | null);
      if (value !== null && node.name.type === 'JSXIdentifier') found.attributes.push([node.name.name, value]);
    },
    Literal(node) {
      if (typeof node.value === 'string') found.strings.push(node.value);
    },
    TemplateElement: (node) => void found.strings.push(node.value.raw),
    CallExpression(node) {
      if (node.callee.type !== 'Identifier') return;
      const first = node.arguments[0];
      if (node.callee.name === 'useTranslation') {
        if (first?.type === 'Literal') found.namespaces.push(String(first.value));
        if (first?.type === 'ArrayExpression') {
          for (const each of first.elements) if (each?.type === 'Literal') found.namespaces.push(String(each.value));
        }
      }
      if (!TRANSLATES.test(node.callee.name)) return;
      const text = literal(first as { type: string; value?: unknown } | undefined);
      if (text !== null) found.keys.push({ text, whole: true });
      else if (first?.type === 'TemplateLiteral') {
        found.keys.push({ text: first.quasis[0]?.value.raw ?? '', whole: first.expressions.length === 0 });
      }
    },
  }).visit(program);
  return found;
}

const inspected = new Map(sources.map((file) => [file, inspect(file)]));

it('sees what it looks for', () => {
  const found = inspect(
    'x.tsx',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text inspected is itself a program.
    'const a = <p title="Hello you" className="md:ml-4">Some words {t("a.b")} {t(`c.${d}`)}</p>;',
  );
  expect(found.texts.join('').trim()).toBe('Some words');
  expect(found.attributes).toContainEqual(['title', 'Hello you']);
  expect(found.strings).toContain('md:ml-4');
  expect(found.keys).toEqual([
    { text: 'a.b', whole: true },
    { text: 'c.', whole: false },
  ]);
});

describe('mirrored layouts', () => {
  const PHYSICAL =
    /^-?((left|right|ml|mr|pl|pr|scroll-m[lr]|scroll-p[lr]|text-(left|right)|float-(left|right)|clear-(left|right))(-|$)|(border|rounded)-(l|r|tl|tr|bl|br)(-|$))/;
  /** Words that are also the beginning of a class: languages, keys of objects. */
  const BARE = /^(left|right|pl|pr|ml|mr)$/;
  const bare = (name: string) => name.replace(/^!|!$/g, '').split(':').at(-1) ?? '';

  it.each([...inspected])('%s names no side but start and end', (_file, { strings }) => {
    const classes = strings
      .flatMap((each) => each.split(/\s+/))
      .filter((each) => PHYSICAL.test(bare(each)) && !BARE.test(each));
    expect(classes).toEqual([]);
  });

  it.each(globSync('**/*.css', { cwd: root }))('%s sets no physical side', (file) => {
    expect(
      read(file).match(
        /(?:^|[\s;{])(?:margin|padding|border)-(?:left|right)\b|(?:^|[\s;{])(?:left|right)\s*:|text-align:\s*(?:left|right)/gm,
      ),
    ).toBeNull();
  });
});

describe('words', () => {
  const LETTERS = /\p{L}{2,}/u;
  const SPOKEN =
    /^(aria-label|aria-description|aria-roledescription|title|placeholder|alt|label|hint|answer|description)$/;
  const pages = [...inspected].filter(([file]) => file.endsWith('.tsx'));

  it.each(pages)('%s says nothing that is not in a words file', (_file, { texts, attributes }) => {
    expect(texts.map((each) => each.trim()).filter((each) => LETTERS.test(each))).toEqual([]);
    expect(attributes.filter(([name, value]) => SPOKEN.test(name) && LETTERS.test(value))).toEqual([]);
  });

  type Words = { readonly [key: string]: string | Words };
  const english = new Map(
    globSync('*.json', { cwd: ENGLISH }).map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(join(ENGLISH, file), 'utf8')) as Words,
    ]),
  );
  const flat = (words: Words, before = ''): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [`${before}${key}`] : flat(value, `${before}${key}.`),
    );
  const known = new Map([...english].map(([namespace, words]) => [namespace, new Set(flat(words))]));

  /** Whether a key, or one of its plural forms, stands in a namespace; a composed key needs something that begins like it. */
  function has(namespace: string, key: string, whole: boolean): boolean {
    const keys = known.get(namespace);
    if (!keys) return false;
    if (!whole) return [...keys].some((each) => each.startsWith(key));
    return keys.has(key) || keys.has(`${key}_other`);
  }

  it.each([...inspected].filter(([, { keys }]) => keys.length > 0))(
    '%s asks only for words there are',
    (_file, { keys, namespaces }) => {
      const missing = keys.filter(({ text, whole }) => {
        const [namespace, key] = text.includes(':') ? text.split(':') : [null, text];
        if (namespace) return !has(namespace, key ?? '', whole);
        // A function handed a translator does not say of which namespace: the compiler knows, here any will do.
        const asked = namespaces.length > 0 ? [...namespaces, 'common'] : [...known.keys()];
        return !asked.some((each) => has(each, text, whole));
      });
      expect(missing).toEqual([]);
    },
  );

  it.each([...known])('%s.json can be read by i18next', (_namespace, keys) => {
    expect([...keys].filter((key) => /[:\s]/.test(key))).toEqual([]);
    expect([...keys].filter((key) => key.endsWith('_one') && !keys.has(key.replace(/_one$/, '_other')))).toEqual([]);
  });
});
