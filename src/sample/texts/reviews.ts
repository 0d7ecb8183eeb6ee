import type { Phrases } from './say.ts';

/** Reviews: good, middling, bad and deserved, bad and unfair. */
export const reviews = {
  'good-review': {
    en: [
      'Beautiful fabric and it fits exactly as described.',
      'Arrived in two days, well packed. Will order again.',
      'Third jumper from here and still happy.',
    ],
    nl: [
      'Mooie stof en valt precies zoals beschreven.',
      'Binnen twee dagen in huis, netjes verpakt.',
      'Fijne winkel, eerlijke foto’s.',
    ],
    pl: [
      'Piękny materiał, rozmiar zgodny z opisem.',
      'Szybka dostawa i porządne opakowanie.',
      'Zdjęcia oddają kolor, polecam.',
    ],
    zh: ['面料很好，尺码准确。', '两天就到了，包装也很用心。', '质量不错，会再来买。'],
    he: ['בד יפהפה ומתאים בדיוק כמו בתיאור.', 'הגיע תוך יומיים, ארוז היטב.', 'חנות נעימה, אזמין שוב.'],
  },
  'middling-review': {
    en: ['Nice, but the colour is darker than in the picture.', 'Good quality, slow delivery.'],
    nl: ['Mooi, maar de kleur is donkerder dan op de foto.', 'Goede kwaliteit, levering duurde lang.'],
    pl: ['Ładne, ale kolor ciemniejszy niż na zdjęciu.', 'Dobra jakość, dostawa trochę długa.'],
    zh: ['还可以，颜色比图片深一些。', '质量好，就是物流慢。'],
    he: ['יפה, אבל הצבע כהה יותר מבתמונה.', 'איכות טובה, משלוח איטי.'],
  },
  'fair-bad-review': {
    en: [
      'The seam came apart after one wash. Money was refunded, but still.',
      'Two weeks late and no word in between.',
    ],
    nl: ['Naad los na één wasbeurt. Geld terug gekregen, maar toch.', 'Twee weken te laat en geen bericht gehad.'],
    pl: [
      'Szew puścił po pierwszym praniu. Pieniądze zwrócono, ale niesmak został.',
      'Dwa tygodnie spóźnienia i żadnej informacji.',
    ],
    zh: ['洗了一次就开线了，虽然退了款，还是失望。', '晚了两个星期，中间没有任何通知。'],
    he: ['התפר נפתח אחרי כביסה אחת. קיבלתי החזר, אבל בכל זאת.', 'איחור של שבועיים בלי שום הודעה.'],
  },
  'unfair-review': {
    en: [
      'Never ordered here and never will, all crooks.',
      'One star until they give me the voucher I asked for.',
      'Sold me used rubbish!! (Posting this on every item until they pay.)',
    ],
    nl: [
      'Eén ster totdat ik mijn tegoedbon krijg.',
      'Oplichters, bestel hier nooit! (En nee, ik heb dit artikel niet gekocht.)',
      'Allemaal tweedehands troep. Ik zet dit overal neer tot er betaald wordt.',
    ],
    pl: [
      'Jedna gwiazdka, dopóki nie dostanę bonu.',
      'Oszuści! Wrzucam to wszędzie, aż zapłacą.',
      'Nie kupiłam tego, ale odradzam wszystko z tego sklepu.',
    ],
    zh: ['不给优惠券就一直一星。', '全是骗子！没买过这件，但就是要给差评。'],
    he: ['כוכב אחד עד שייתנו לי את השובר שביקשתי.', 'נוכלים! אכתוב את זה בכל מקום עד שישלמו.'],
  },
} as const satisfies Record<string, Phrases>;
