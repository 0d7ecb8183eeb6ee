import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { LANGUAGES_FOLDER } from '../../../src/adapters/languages.ts';

/** What the console says in a language, as its own files have it. */
export interface ConsoleWords {
  /** Throws on a key there are no words for. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  /** Fits a text whatever was put into it. */
  readonly like: (key: string) => RegExp;
}

const HOLE = '\u0001';

export function consoleWords(code: string): ConsoleWords {
  const folder = join(LANGUAGES_FOLDER, code, 'console');
  const names = readdirSync(folder).map((file) => file.replace('.json', ''));
  const words = i18next.createInstance();
  void words.init({
    lng: code,
    ns: names,
    defaultNS: 'common',
    initAsync: false,
    resources: {
      [code]: Object.fromEntries(
        names.map((name) => [name, JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))]),
      ),
    },
  });
  // The keys of every file are known to the console only; here they are checked as they are used.
  const plain = words.t as unknown as (key: string, options: object) => string;
  const t: ConsoleWords['t'] = (key, values = {}) => {
    if (!words.exists(key, values)) throw new Error(`The console has no words for "${key}" in ${code}`);
    return plain(key, values);
  };
  return { t, like: (key) => new RegExp(likeTemplate(plain(key, { skipInterpolation: true }))) };
}

/** A pattern that fits a text with any values in the holes of its template. */
export function likeTemplate(template: string): string {
  return template
    .replaceAll(/\{\{.*?\}\}/g, HOLE)
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(HOLE, '.+?');
}

/** What people of the stories write, in the language they write it in. */
export const WRITTEN: Readonly<
  Record<
    string,
    {
      readonly customer: string;
      readonly torn: string;
      readonly upheld: string;
      readonly notMe: string;
      readonly rejected: string;
      readonly again: string;
    }
  >
> = {
  en: {
    customer: 'Ines Visser',
    torn: 'Every one of these had a torn seam when I opened the parcel. The photo shows it.',
    upheld: 'You were right each time: the seams were torn before the parcels left us.',
    notMe: 'I did not ask the bank for anything, somebody else used my card.',
    rejected: 'Both parcels were signed for at your door, and the bank looked into both payments.',
    again: 'I say it once more: it was not me who did this.',
  },
  nl: {
    customer: 'Ineke de Vries',
    torn: 'Bij elk van deze artikelen was de naad los toen ik het pakket opende. Op de foto ziet u het.',
    upheld: 'U had elke keer gelijk: de naden waren al los voordat de pakketten bij ons weggingen.',
    notMe: 'Ik heb de bank nergens om gevraagd, iemand anders heeft mijn kaart gebruikt.',
    rejected: 'Voor beide pakketten is bij u aan de deur getekend, en de bank heeft beide betalingen onderzocht.',
    again: 'Ik zeg het nog een keer: ik was dit niet.',
  },
  pl: {
    customer: 'Agnieszka Wójcik',
    torn: 'Każda z tych rzeczy miała rozdarty szew, gdy paczka została otwarta. Widać to na zdjęciu.',
    upheld: 'Racja za każdym razem: szwy były rozdarte, zanim paczki od nas wyszły.',
    notMe: 'Nie było żadnej prośby do banku, ktoś inny użył mojej karty.',
    rejected: 'Obie paczki odebrano za podpisem pod podanym adresem, a bank zbadał obie płatności.',
    again: 'Powtarzam jeszcze raz: to nie ja.',
  },
  zh: {
    customer: '王小明',
    torn: '每一件在我打开包裹时接缝都已经开裂。照片上可以看到。',
    upheld: '您每次都是对的：包裹从我们这里寄出之前接缝就已经开裂。',
    notMe: '我没有向银行提出过任何要求，是别人用了我的银行卡，请你们再查一查。',
    rejected: '两个包裹都是在您家门口签收的，银行也对两笔付款都做了调查，结论是付款有效。',
    again: '我再说一遍：这件事不是我做的，请你们相信我，真的是别人用了我的卡。',
  },
  he: {
    customer: 'נועה לוי',
    torn: 'בכל אחד מהמוצרים האלה התפר היה קרוע כשפתחתי את החבילה. רואים את זה בתמונה.',
    upheld: 'צדקת בכל פעם: התפרים היו קרועים עוד לפני שהחבילות יצאו מאיתנו.',
    notMe: 'לא ביקשתי מהבנק שום דבר, מישהו אחר השתמש בכרטיס שלי.',
    rejected: 'על שתי החבילות חתמו אצלך בדלת, והבנק בדק את שני התשלומים.',
    again: 'אני אומרת זאת שוב: לא אני עשיתי את זה.',
  },
};

export const written = (code: string): (typeof WRITTEN)[string] => {
  const found = WRITTEN[code];
  if (found === undefined) throw new Error(`Nobody in the stories writes ${code}`);
  return found;
};
