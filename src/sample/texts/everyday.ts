import type { Phrases } from './say.ts';

/** What ordinary customers write: questions, thanks, a late parcel, something broken. */
export const everyday = {
  question: {
    en: [
      'Hello, does the raincoat run true to size? I am usually between S and M.',
      'Hi, can I still add a pair of socks to my order?',
      'Do you have this in green as well, or will it come back?',
      'Could you leave the parcel with the neighbours at number 14 if I am out? Thanks!',
    ],
    nl: [
      'Hallo, valt deze jurk normaal of kan ik beter een maat groter nemen?',
      'Goedemiddag, kan ik de bestelling ook in de winkel ophalen?',
      'Weten jullie al wanneer de linnen overhemden weer binnenkomen?',
      'Hoi, mag het pakket bij de buren worden afgegeven als ik er niet ben?',
    ],
    pl: [
      'Dzień dobry, czy ten sweter można prać w pralce?',
      'Czy rozmiarówka jest standardowa? Zwykle noszę M.',
      'Dzień dobry, kiedy ten kolor będzie znów dostępny?',
    ],
    zh: ['你好，请问这件大衣偏大还是偏小？', '请问我的包裹大概什么时候能到？谢谢。', '您好，这款毛衣可以机洗吗？'],
    he: [
      'שלום, האם המידה של השמלה רגילה או קטנה?',
      'היי, אפשר עדיין להוסיף פריט להזמנה?',
      'שלום, מתי הצבע הירוק יחזור למלאי?',
    ],
  },
  thanks: {
    en: [
      'Just wanted to say the parcel arrived and everything is lovely. Thank you!',
      'Thanks for the quick answer, that helped a lot.',
    ],
    nl: ['Pakketje netjes ontvangen, dank jullie wel!', 'Bedankt voor het snelle antwoord, heel fijn geholpen.'],
    pl: ['Paczka dotarła, wszystko pięknie zapakowane. Dziękuję!', 'Dziękuję za szybką odpowiedź i pomoc.'],
    zh: ['东西收到了，非常喜欢，谢谢你们！', '谢谢这么快回复，问题解决了。'],
    he: ['החבילה הגיעה והכול מקסים, תודה רבה!', 'תודה על המענה המהיר, עזרתם לי מאוד.'],
  },
  late: {
    en: [
      'My parcel should have been here on Tuesday and tracking has not moved since. What is going on?',
      'Still no sign of my order. I heard about the strike, but could you tell me roughly when to expect it?',
    ],
    nl: [
      'Mijn pakket had er dinsdag al moeten zijn en de track-and-trace staat stil. Weten jullie meer?',
      'Nog steeds niets ontvangen. Ik snap dat er gestaakt wordt, maar wanneer kan ik het ongeveer verwachten?',
    ],
    pl: [
      'Paczka miała być we wtorek, a status się nie zmienia. Czy coś wiadomo?',
      'Nadal nic nie doszło. Rozumiem, że jest strajk, ale kiedy mniej więcej mogę się spodziewać przesyłki?',
    ],
    zh: [
      '包裹本来周二就该到的，物流一直没有更新，请帮忙查一下。',
      '还是没收到货。我知道快递在罢工，请问大概什么时候能到？',
    ],
    he: [
      'החבילה הייתה אמורה להגיע ביום שלישי והמעקב לא זז. מה קורה?',
      'עדיין לא קיבלתי כלום. אני יודע שיש שביתה, אבל מתי בערך זה יגיע?',
    ],
  },
  defect: {
    en: [
      'It came with a fault: see the photos. I would like my money back, please.',
      'It was damaged when I unpacked it, on the underside. Photo attached.',
    ],
    nl: [
      'Er zit een fout in, zie de foto’s. Ik stuur het graag terug.',
      'Bij het uitpakken bleek het aan de onderkant al stuk. Foto zit erbij.',
    ],
    pl: [
      'Towar ma wadę, w załączeniu zdjęcia. Proszę o zwrot pieniędzy.',
      'Po rozpakowaniu okazało się, że spód jest uszkodzony. Dołączam zdjęcie.',
    ],
    zh: ['收到的东西有质量问题，照片在附件里，想退货。', '拆开的时候底部就是坏的，附上照片。'],
    he: ['המוצר הגיע פגום, מצורפות תמונות. אשמח להחזר.', 'כשפתחתי את החבילה החלק התחתון כבר היה פגום. מצורפת תמונה.'],
  },
  'dead-lamp': {
    en: [
      'The switch stopped working on the second day.',
      'It flickers and the switch gets hot. I would rather send it back.',
    ],
    nl: [
      'De schakelaar deed het na twee dagen niet meer.',
      'Hij knippert en de schakelaar wordt heet. Ik stuur hem liever terug.',
    ],
    pl: ['Włącznik przestał działać drugiego dnia.', 'Lampa miga, a włącznik się grzeje. Wolę ją odesłać.'],
    zh: ['第二天开关就坏了。', '灯一直闪，开关还发烫，我想退掉。'],
    he: ['המתג הפסיק לעבוד ביום השני.', 'היא מהבהבת והמתג מתחמם. עדיף לי להחזיר.'],
  },
  'not-as-ordered': {
    en: [
      'This is not what I ordered: the label says something else.',
      'It is not the one in the picture. Something must have gone wrong in the warehouse.',
    ],
    nl: [
      'Dit heb ik niet besteld: op het label staat iets anders.',
      'Dit is niet wat er op de foto staat. Er is vast iets misgegaan in het magazijn.',
    ],
    pl: [
      'To nie jest to, co zamawiałam: na metce jest co innego.',
      'Na zdjęciu jest inny produkt. Pewnie pomyłka w magazynie.',
    ],
    zh: ['这不是我订的，标签上写的是另一款。', '和图片上的不是同一款，可能是仓库弄错了。'],
    he: ['זה לא מה שהזמנתי: על התווית כתוב משהו אחר.', 'זה לא המוצר שבתמונה. כנראה הייתה טעות במחסן.'],
  },
  'fair-complaint': {
    en: [
      'I was promised a call back twice and nobody called.',
      'You charged the delivery although the order was above the limit.',
    ],
    nl: [
      'Er is mij twee keer beloofd dat ik teruggebeld zou worden, en dat is niet gebeurd.',
      'Er zijn verzendkosten gerekend terwijl ik boven het bedrag zat.',
    ],
    pl: [
      'Dwa razy obiecano mi telefon i nikt nie zadzwonił.',
      'Naliczono koszt dostawy, choć zamówienie było powyżej progu.',
    ],
    zh: ['你们两次说会回电话，结果都没有打来。', '订单已经满额，却还是收了运费。'],
    he: ['הבטיחו לי פעמיים לחזור אליי ואף אחד לא התקשר.', 'חייבתם אותי על משלוח למרות שההזמנה מעל הסכום.'],
  },
  'polite-persistence': {
    en: [
      'Good morning, me again about the hem. Would it be possible to know the exact length in centimetres?',
      'Sorry to keep asking! Is the blue closer to navy or to petrol?',
      'Thank you for the answer. One more question, if I may: which of the two would you wash at 40?',
    ],
    nl: [
      'Goedemorgen, daar ben ik weer. Zou u voor mij de exacte lengte kunnen opmeten?',
      'Excuus voor de vele vragen! Is het blauw meer marine of meer petrol?',
      'Dank voor uw antwoord. Nog één vraag: kan deze op 40 graden?',
    ],
    pl: [
      'Dzień dobry, to znowu ja. Czy mogę prosić o dokładną długość w centymetrach?',
      'Przepraszam, że tak pytam! Czy ten niebieski jest bliżej granatu?',
    ],
    zh: ['早上好，又来打扰了，能帮忙量一下准确的长度吗？', '不好意思总是问：这个蓝色更接近藏青还是墨绿？'],
    he: ['בוקר טוב, שוב אני. אפשר לקבל את האורך המדויק בסנטימטרים?', 'סליחה על כל השאלות! הכחול קרוב יותר לכחול כהה?'],
  },
} as const satisfies Record<string, Phrases>;
