import type { DecisionWords } from './words.ts';

export const polish: DecisionWords = {
  locale: 'pl',
  messages: {
    'decision.deny.purchase':
      'Przykro nam, nie możemy przyjąć tego zamówienia: do {until} nie można składać u nas nowych zamówień.',
    'decision.deny.return': 'Nie możemy przyjąć tego zwrotu z dobrej woli. Obowiązuje to do {until}.',
    'decision.deny.contact':
      'Do {until} nie można kontaktować się z nami tą drogą. Zawsze można napisać e-mail lub użyć formularza kontaktowego.',
    'decision.deny.review': 'Nie możemy przyjąć tej opinii. Obowiązuje to do {until}.',
    'decision.deny.login':
      'Do {until} nie można się zalogować. Nadal można do nas pisać, zwracać zakupione towary i prosić o swoje dane.',
    'decision.review.purchase':
      'Dziękujemy za zamówienie. Zanim je przyjmiemy, obejrzy je nasz pracownik, zwykle w ciągu jednego dnia roboczego.',
    'decision.review.return':
      'Mamy zgłoszenie zwrotu. Zanim cokolwiek zostanie wysłane, obejrzy je nasz pracownik, zwykle w ciągu jednego dnia roboczego.',
    'decision.review.contact': 'Mamy wiadomość. Nasz pracownik przeczyta ją i odpowie.',
    'decision.review.review': 'Dziękujemy za opinię. Zanim się ukaże, przeczyta ją nasz pracownik.',
    'decision.review.login':
      'Zanim będzie można się zalogować, nasz pracownik sprawdzi konto, zwykle w ciągu jednego dnia roboczego.',
    'decision.challenge.purchase': 'Można zamówić, do {until} na tych warunkach:',
    'decision.challenge.return': 'Można to zwrócić, do {until} na tych warunkach:',
    'decision.challenge.contact': 'Chętnie pomożemy. Do {until} obowiązuje:',
    'decision.challenge.review': 'Można dodać opinię, do {until} na tych warunkach:',
    'decision.challenge.login': 'Można się zalogować, do {until} na tych warunkach:',
  },
  obligations: {
    prepayment_only: 'Płatność następuje przed wysyłką.',
    returns_need_photos: 'Do każdego zgłoszenia zwrotu trzeba dołączyć zdjęcia.',
    returns_need_approval: 'Każdy zwrot przed wysłaniem ogląda nasz pracownik.',
    no_free_returns: 'Koszt odesłania ponosi klient, chyba że wina była po naszej stronie.',
    order_limit: 'Można mieć jedno otwarte zamówienie naraz.',
    one_variant_per_article: 'Można zamówić naraz jeden rozmiar lub kolor danego artykułu.',
    signature_on_delivery: 'Odbiór każdej paczki trzeba potwierdzić podpisem.',
    fixed_delivery_address: 'Wysyłamy na podany adres i nie zmieniamy go, gdy paczka jest już w drodze.',
    official_channels_only: 'Prosimy pisać e-mailem lub przez formularz kontaktowy; tam zawsze odpowiadamy.',
    reviews_need_approval: 'Zanim opinia się ukaże, czyta ją nasz pracownik.',
    manual_review: 'Każde zamówienie przed przyjęciem ogląda nasz pracownik.',
  },
  phrases: {
    reasons: 'Powód, słowami naszych zasad: „{reasons}”.',
    reasonsUnknown: 'Powody są w wysłanym przez nas zawiadomieniu.',
    rights:
      'Prawa ustawowe pozostają nienaruszone: nadal można odstąpić od umowy, zgłosić wadę towaru i poprosić o swoje dane.',
    appeal:
      'Jeśli to pomyłka, słowami naszych zasad: „{appeal}” Sprawę rozpatrzy ktoś inny niż osoba, która podjęła decyzję.',
  },
};
