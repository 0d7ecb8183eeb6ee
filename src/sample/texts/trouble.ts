import type { Phrases } from './say.ts';

/**
 * What is written when it goes wrong between a customer and the shop. Rude where people are rude, with the worst words
 * starred out.
 */
export const trouble = {
  'impossible-demand': {
    en: [
      'I want it delivered today, on a Sunday, between 14:00 and 14:10, and by somebody who takes off their shoes.',
      'I expect full refund, I keep the coat, and a new one in my size by tomorrow. This is the minimum.',
      'You will change the whole collection page so that this blue looks like my blue. I am waiting.',
    ],
    nl: [
      'Ik wil het vandaag, op zondag, tussen 14.00 en 14.10 uur in huis. Anders hoeft het niet meer.',
      'Ik verwacht mijn geld terug, ik hou de jas, en morgen een nieuwe in mijn maat. Dat is het minste.',
      'Jullie directeur belt mij vanavond persoonlijk om excuses te maken, en ik wil 200 euro voor mijn tijd.',
    ],
    pl: [
      'Żądam dostawy dziś, w niedzielę, między 14:00 a 14:10. Inaczej to nie ma sensu.',
      'Chcę zwrot całej kwoty, płaszcz zostaje u mnie, a jutro nowy w moim rozmiarze. To minimum.',
    ],
    zh: [
      '今天（星期天）下午两点到两点十分之间必须送到，否则免谈。',
      '全额退款，大衣我留着，明天再寄一件合适的来。这是最低要求。',
    ],
    he: [
      'המשלוח חייב להגיע היום בחצות, בין 00:00 ל־00:10 בדיוק.',
      'החזר מלא, המעיל נשאר אצלי, ומחר אחד חדש במידה שלי. זה המינימום.',
    ],
  },
  'publicity-threat': {
    en: [
      'Either I get a voucher of 100 euros today or my 40,000 followers will hear what kind of shop you are.',
      'One phone call to the newspaper and you can close the doors. Think about it.',
    ],
    nl: [
      'Of ik krijg vandaag een tegoedbon van 100 euro, of mijn 40.000 volgers horen wat voor winkel jullie zijn.',
      'Eén telefoontje naar de krant en jullie kunnen sluiten. Denk er maar over na.',
    ],
    pl: [
      'Albo dziś dostanę bon na 100 euro, albo moje 40 tysięcy obserwujących dowie się, co to za sklep.',
      'Jeden telefon do gazety i możecie zamykać. Przemyślcie to.',
    ],
    zh: ['今天不给我一百欧的券，我四万粉丝就都会知道你们是什么店。', '我一个电话打给报社，你们就可以关门了，想清楚。'],
    he: [
      'או שאקבל היום שובר של 100 אירו, או ש־40,000 העוקבים שלי ישמעו איזו חנות אתם.',
      'שיחה אחת לעיתון ואתם סוגרים. תחשבו על זה.',
    ],
  },
  'legal-threat': {
    en: [
      'My lawyer will be in touch about the jumper. You have 24 hours.',
      'If the 12 euros are not on my account by noon I sue you and everybody who works there.',
    ],
    nl: [
      'Mijn advocaat neemt contact op over die trui. U heeft 24 uur.',
      'Staat die 12 euro er vanmiddag niet op, dan daag ik jullie allemaal voor de rechter.',
    ],
    pl: [
      'Mój prawnik skontaktuje się w sprawie swetra. Macie 24 godziny.',
      'Jeśli do południa nie będzie tych 12 euro na koncie, pozywam was wszystkich.',
    ],
    zh: ['我的律师会就毛衣的事联系你们，给你们二十四小时。', '中午之前那十二欧不到账，我就把你们全告了。'],
    he: [
      'עורך הדין שלי ייצור קשר בעניין הסוודר. יש לכם 24 שעות.',
      'אם 12 האירו לא בחשבון עד הצהריים אני תובע את כולכם.',
    ],
  },
  insult: {
    en: ['Are you all id**ts over there? Read what I wrote!', 'You people are too st*pid to pack a box.'],
    nl: [
      'Zijn jullie allemaal achterlijk of zo? Lees nou eens, st*mme k*eien!',
      'Wat een stelletje s*kkels, nog te dom om een doos in te pakken.',
    ],
    pl: [
      'Czy wy tam jesteście wszyscy idi*tami? Proszę czytać, co piszę!',
      'Banda ni*udaczników, nawet paczki nie umiecie spakować.',
    ],
    zh: ['你们是不是都是白*？看清楚我写的！', '一群废*，连个箱子都不会装。'],
    he: ['אתם כולכם אידי**ים? תקראו מה שכתבתי!', 'חבורת ט*פשים, אפילו לארוז קופסה אתם לא יודעים.'],
  },
  harassment: {
    en: [
      'Message number nine today. I will write every ten minutes until that girl from the chat answers me herself.',
      'I know you are reading this, Sanne. Answer. Answer. Answer.',
    ],
    nl: [
      'Bericht negen van vandaag. Ik blijf elke tien minuten schrijven tot dat meisje van de chat zelf antwoordt.',
      'Ik weet dat je dit leest, Sanne. Antwoord. Antwoord. Antwoord.',
    ],
    pl: [
      'Dziewiąta wiadomość dzisiaj. Będę pisać co dziesięć minut, aż ta dziewczyna z czatu sama odpowie.',
      'Wiem, że pani to czyta. Odpowiedz. Odpowiedz. Odpowiedz.',
    ],
    zh: ['今天第九条了。那个客服小姑娘不亲自回我，我每十分钟发一条。', '我知道你在看，回我，回我，回我。'],
    he: [
      'הודעה תשיעית היום. אכתוב כל עשר דקות עד שהבחורה מהצ׳אט תענה לי בעצמה.',
      'אני יודע שאת קוראת. תעני. תעני. תעני.',
    ],
  },
  'violence-threat': {
    en: ['I know where your warehouse is. Whoever packed this had better not walk home alone.'],
    nl: ['Ik weet waar jullie magazijn is. Wie dit heeft ingepakt kan maar beter niet alleen naar huis lopen.'],
    pl: ['Wiem, gdzie macie magazyn. Kto to pakował, niech lepiej nie wraca sam do domu.'],
    zh: ['我知道你们仓库在哪儿，打包的那个人下班最好别一个人走。'],
    he: ['אני יודע איפה המחסן שלכם. מי שארז את זה, שלא ילך הביתה לבד.'],
  },
  extortion: {
    en: ['Send 500 euros in vouchers or I publish the addresses of your staff. I have them all.'],
    nl: ['500 euro aan bonnen, of ik zet de adressen van jullie personeel online. Ik heb ze allemaal.'],
    pl: ['500 euro w bonach albo publikuję adresy waszych pracowników. Mam wszystkie.'],
    zh: ['给我五百欧的券，不然我就把你们员工的住址都发到网上，我全都有。'],
    he: ['500 אירו בשוברים, או שאפרסם את הכתובות של העובדים. יש לי את כולן.'],
  },
  'small-refund-demand': {
    en: [
      'The soap box was missing from the parcel again. Just refund it, no need to send anything.',
      'One of the socks has a loose thread. Refund please, I already threw them away.',
    ],
    nl: [
      'De zeep zat er weer niet bij. Stort het bedrag maar terug, nasturen hoeft niet.',
      'Er zit een draadje los aan een sok. Graag geld terug, ik heb ze al weggegooid.',
    ],
    pl: [
      'Znowu w paczce nie było mydła. Proszę o zwrot pieniędzy, nie trzeba dosyłać.',
      'Skarpetka ma luźną nitkę. Proszę o zwrot, już je wyrzuciłem.',
    ],
    zh: ['包裹里又没有肥皂，直接退款就行，不用补寄。', '袜子有根线头，请退款，东西已经扔了。'],
    he: ['שוב הסבון לא היה בחבילה. פשוט תזכו אותי, לא צריך לשלוח.', 'יש חוט רופף בגרב. החזר בבקשה, כבר זרקתי אותן.'],
  },
  'not-received': {
    en: ['Parcel says delivered but I have nothing. Refund, please.', 'Nothing came. The signature is not mine.'],
    nl: [
      'Volgens de bezorger geleverd, maar ik heb niets. Graag geld terug.',
      'Niets ontvangen. Dat is niet mijn handtekening.',
    ],
    pl: ['Status: doręczono, a ja nic nie mam. Proszę o zwrot.', 'Nic nie przyszło. To nie mój podpis.'],
    zh: ['显示已签收，但我没有收到，请退款。', '没收到，签名不是我的。'],
    he: ['רשום שנמסר אבל לא קיבלתי כלום. החזר בבקשה.', 'לא הגיע כלום. החתימה לא שלי.'],
  },
  'wrong-address': {
    en: [
      'You sent it to the wrong address, I never typed that street. Send another one.',
      'The address was changed, not by me. I want a second parcel.',
    ],
    nl: [
      'Jullie hebben het naar het verkeerde adres gestuurd, die straat heb ik nooit ingevuld. Stuur een nieuwe.',
      'Het adres is gewijzigd, niet door mij. Ik wil een tweede pakket.',
    ],
    pl: [
      'Wysłaliście na zły adres, tej ulicy nie podawałam. Proszę wysłać drugą paczkę.',
      'Adres zmieniono bez mojej wiedzy. Chcę drugą przesyłkę.',
    ],
    zh: ['你们寄错地址了，那条街不是我填的，请再寄一份。', '地址被改了，不是我改的，请补寄。'],
    he: ['שלחתם לכתובת הלא נכונה, לא הזנתי את הרחוב הזה. תשלחו שוב.', 'הכתובת שונתה ולא על ידי. אני רוצה חבילה נוספת.'],
  },
  'duplicate-order': {
    en: [
      'Your site ordered it twice. I only clicked once. Refund the second, I have opened it already.',
      'I never placed this second order.',
    ],
    nl: [
      'Jullie site heeft dubbel besteld, ik klikte één keer. Geld terug van de tweede, die is al open.',
      'Deze tweede bestelling heb ik nooit geplaatst.',
    ],
    pl: [
      'Strona zamówiła dwa razy, kliknąłem raz. Proszę o zwrot za drugie, już otwarte.',
      'Drugiego zamówienia nie składałam.',
    ],
    zh: ['网站重复下单，我只点了一次，第二单请退款，已经拆了。', '第二个订单不是我下的。'],
    he: ['האתר הזמין פעמיים, לחצתי פעם אחת. החזר על השנייה, כבר פתחתי.', 'לא ביצעתי את ההזמנה השנייה.'],
  },
  'false-complaint': {
    en: [
      'Your driver shouted at me and threw the parcel over the fence. I demand compensation.',
      'The price on the site was half of this when I ordered.',
    ],
    nl: [
      'De bezorger schold mij uit en gooide het pakket over de schutting. Ik eis een vergoeding.',
      'De prijs op de site was de helft toen ik bestelde.',
    ],
    pl: [
      'Kurier na mnie krzyczał i przerzucił paczkę przez płot. Żądam odszkodowania.',
      'Cena na stronie była o połowę niższa, kiedy zamawiałam.',
    ],
    zh: ['快递员骂我，还把包裹扔过围墙，我要赔偿。', '下单的时候网站上价格只有一半。'],
    he: ['השליח צעק עליי וזרק את החבילה מעבר לגדר. אני דורש פיצוי.', 'המחיר באתר היה חצי כשהזמנתי.'],
  },
  'late-cancellation': {
    en: ['Cancel it. Yes, I know it is on the van.', 'Changed my mind, do not deliver.'],
    nl: ['Annuleer maar. Ja, ik weet dat hij al in de bus ligt.', 'Toch maar niet, niet bezorgen.'],
    pl: ['Proszę anulować. Tak, wiem, że już w doręczeniu.', 'Rozmyśliłam się, nie dostarczać.'],
    zh: ['取消吧。我知道已经在派送了。', '不想要了，别送。'],
    he: ['תבטלו. כן, אני יודע שזה כבר אצל השליח.', 'התחרטתי, לא לשלוח.'],
  },
  apology: {
    en: [
      'I read your letter. You are right, I was out of line. It will not happen again.',
      'Understood. I will look at the size table next time.',
    ],
    nl: [
      'Ik heb uw brief gelezen. U heeft gelijk, dat ging te ver. Het gebeurt niet meer.',
      'Begrepen. Voortaan kijk ik eerst in de maattabel.',
    ],
    pl: [
      'Przeczytałam wiadomość. Mają Państwo rację, przesadziłam. To się nie powtórzy.',
      'Rozumiem. Następnym razem sprawdzę tabelę rozmiarów.',
    ],
    zh: ['信我看了，你们说得对，是我过分了，不会再有下次。', '明白了，下次会先看尺码表。'],
    he: ['קראתי את המכתב. אתם צודקים, הגזמתי. זה לא יקרה שוב.', 'הבנתי. בפעם הבאה אבדוק את טבלת המידות.'],
  },
} as const satisfies Record<string, Phrases>;
