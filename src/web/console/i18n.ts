import i18next, { type ParseKeys, type TOptions } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { apart } from '../ui/isolate.ts';
import { readerLanguages } from './reader-languages.ts';

interface LanguageFacts {
  readonly name: string;
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
}

const folder = (path: string) => path.split('/').at(-2) ?? '';

/** The languages the console speaks, by their own names, and which way they are written: one for each folder of `languages`. */
export const LANGUAGES = Object.entries(
  import.meta.glob<LanguageFacts>('../../../languages/*/language.json', { eager: true, import: 'default' }),
).map(([path, { name, locale, dir }]) => ({ code: folder(path), name, locale, dir }));

const files = import.meta.glob<Record<string, unknown>>('../../../languages/*/console/*.json', { import: 'default' });

/** Fetches one namespace of one language when a screen first needs it. */
const lazyFiles = {
  type: 'backend' as const,
  init() {},
  read(language: string, namespace: string, done: (error: Error | null, data: Record<string, unknown> | null) => void) {
    const load = files[`../../../languages/${language}/console/${namespace}.json`];
    if (!load) {
      // A language that is not translated yet: English stands in.
      done(null, {});
      return;
    }
    load().then(
      (data) => done(null, data),
      (error: Error) => done(error, null),
    );
  },
};

const KEPT = 'evenhand.language';

function chosenLanguage(): string {
  const kept = localStorage.getItem(KEPT);
  const wanted = [kept, ...readerLanguages()].filter((each) => each !== null);
  for (const each of wanted) {
    const known = LANGUAGES.find(({ code }) => each === code || each.startsWith(`${code}-`));
    if (known) return known.code;
  }
  return 'en';
}

/** Which way the page is written. `?dir=rtl` turns it over in any language, to look at mirrored layouts before a translation exists. */
export function direction(): 'ltr' | 'rtl' {
  const asked = new URLSearchParams(location.search).get('dir') ?? sessionStorage.getItem('evenhand.dir');
  if (asked === 'rtl' || asked === 'ltr') {
    sessionStorage.setItem('evenhand.dir', asked);
    return asked;
  }
  return LANGUAGES.find(({ code }) => code === i18next.language)?.dir ?? 'ltr';
}

function dress(): void {
  document.documentElement.lang = i18next.language;
  document.documentElement.dir = direction();
}

const script = (tag: string) => new Intl.Locale(tag).maximize().script;

/** The reader's own way of writing dates and numbers in the language on screen: en-GB and en-US differ, but zh-TW has another script. */
export function formatLocale(): string {
  const { code, locale } = LANGUAGES.find((each) => each.code === i18next.language) ?? { code: 'en', locale: 'en-GB' };
  return readerLanguages().find((each) => each.startsWith(`${code}-`) && script(each) === script(locale)) ?? locale;
}

/** The language on screen, as a tag; undefined before there is one. */
export function spokenLanguage(): string | undefined {
  return i18next.language;
}

/** Tells when the reader has chosen another language; its words are there by then. */
export function onLanguage(listener: () => void): void {
  i18next.on('languageChanged', listener);
}

/** Loads the words every screen needs; pages bring their own. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', dress);
  await i18next
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      fallbackLng: 'en',
      ns: ['common', 'ui'],
      defaultNS: 'common',
      // React escapes what is shown; what is filled in keeps its own writing direction.
      interpolation: { escapeValue: true, escape: (text) => apart(text, direction()) },
      returnNull: false,
    });
  dress();
}

/** The reader chooses a language; the choice is kept on this device. */
export async function chooseLanguage(code: string): Promise<void> {
  localStorage.setItem(KEPT, code);
  await i18next.changeLanguage(code);
}

/** For words needed outside a component. */
export function translate(key: ParseKeys<['common', 'ui']>, values: TOptions = {}): string {
  return i18next.t(key, values) as string;
}

export function loadWords(namespaces: string | readonly string[]): Promise<void> {
  return i18next.loadNamespaces(namespaces);
}
