import type { DecisionWords } from './words.ts';

export const dutch: DecisionWords = {
  locale: 'nl',
  messages: {
    'decision.deny.purchase':
      'Het spijt ons, we kunnen deze bestelling niet aannemen: u kunt tot {until} geen nieuwe bestellingen bij ons plaatsen.',
    'decision.deny.return': 'We kunnen deze retour niet uit coulance aannemen. Dit geldt tot {until}.',
    'decision.deny.contact':
      'U kunt ons tot {until} niet op deze manier bereiken. Schrijven per e-mail of via het contactformulier kan altijd.',
    'decision.deny.review': 'We kunnen uw beoordeling niet plaatsen. Dit geldt tot {until}.',
    'decision.deny.login':
      'U kunt tot {until} niet inloggen. U kunt ons nog steeds schrijven, terugsturen wat u kocht en uw gegevens opvragen.',
    'decision.review.purchase':
      'Dank u voor uw bestelling. Een collega bekijkt haar voordat we haar aannemen, meestal binnen één werkdag.',
    'decision.review.return':
      'We hebben uw retouraanvraag. Een collega bekijkt haar voordat u iets opstuurt, meestal binnen één werkdag.',
    'decision.review.contact': 'We hebben uw bericht. Een collega leest het en antwoordt.',
    'decision.review.review': 'Dank u voor uw beoordeling. Een collega leest haar voordat ze verschijnt.',
    'decision.review.login': 'Een collega controleert uw account voordat u kunt inloggen, meestal binnen één werkdag.',
    'decision.challenge.purchase': 'U kunt bestellen, tot {until} onder deze voorwaarden:',
    'decision.challenge.return': 'U kunt dit retourneren, tot {until} onder deze voorwaarden:',
    'decision.challenge.contact': 'We helpen u graag. Tot {until} geldt het volgende:',
    'decision.challenge.review': 'U kunt een beoordeling plaatsen, tot {until} onder deze voorwaarden:',
    'decision.challenge.login': 'U kunt inloggen, tot {until} onder deze voorwaarden:',
  },
  obligations: {
    prepayment_only: 'U betaalt voordat we versturen.',
    returns_need_photos: 'U stuurt bij elke retouraanvraag foto’s mee.',
    returns_need_approval: 'Een collega bekijkt elke retour voordat u haar opstuurt.',
    no_free_returns: 'U betaalt zelf de verzendkosten van retouren, tenzij de fout bij ons lag.',
    order_limit: 'U kunt één openstaande bestelling tegelijk hebben.',
    one_variant_per_article: 'U kunt van een artikel één maat of kleur tegelijk bestellen.',
    signature_on_delivery: 'Voor elk pakket wordt getekend.',
    fixed_delivery_address:
      'We sturen naar het adres dat u opgaf en wijzigen het niet meer als het pakket onderweg is.',
    official_channels_only: 'U schrijft ons per e-mail of via het contactformulier, en krijgt daar altijd antwoord.',
    reviews_need_approval: 'Een collega leest uw beoordeling voordat ze verschijnt.',
    manual_review: 'Een collega bekijkt elke bestelling voordat we haar aannemen.',
  },
  phrases: {
    reasons: 'De reden, in de woorden van ons beleid: “{reasons}”.',
    reasonsUnknown: 'De redenen staan in het bericht dat we u stuurden.',
    rights:
      'Uw wettelijke rechten blijven: u kunt nog steeds van een koop afzien, gebreken melden en uw gegevens opvragen.',
    appeal:
      'Vindt u dit onterecht? In de woorden van ons beleid: “{appeal}” Iemand anders dan wie besliste, bekijkt het opnieuw.',
  },
};
