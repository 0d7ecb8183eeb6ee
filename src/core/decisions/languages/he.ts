import type { DecisionWords } from './words.ts';

export const hebrew: DecisionWords = {
  locale: 'he',
  messages: {
    'decision.deny.purchase': 'אנו מצטערים, לא נוכל לקבל את ההזמנה: לא ניתן לבצע אצלנו הזמנות חדשות עד {until}.',
    'decision.deny.return': 'לא נוכל לקבל את ההחזרה הזו לפנים משורת הדין. כך יהיה עד {until}.',
    'decision.deny.contact':
      'לא ניתן לפנות אלינו בדרך זו עד {until}. תמיד אפשר לכתוב בדואר אלקטרוני או בטופס יצירת הקשר.',
    'decision.deny.review': 'לא נוכל לקבל את הביקורת. כך יהיה עד {until}.',
    'decision.deny.login': 'לא ניתן להתחבר עד {until}. עדיין אפשר לכתוב לנו, להחזיר מוצרים שנקנו ולבקש את המידע האישי.',
    'decision.review.purchase': 'תודה על ההזמנה. לפני שנקבל אותה יעבור עליה אדם מהצוות, בדרך כלל בתוך יום עסקים אחד.',
    'decision.review.return': 'קיבלנו את בקשת ההחזרה. לפני המשלוח יעבור עליה אדם מהצוות, בדרך כלל בתוך יום עסקים אחד.',
    'decision.review.contact': 'קיבלנו את ההודעה. אדם מהצוות יקרא אותה וישיב.',
    'decision.review.review': 'תודה על הביקורת. אדם מהצוות יקרא אותה לפני שתפורסם.',
    'decision.review.login': 'לפני שאפשר יהיה להתחבר יבדוק אדם מהצוות את החשבון, בדרך כלל בתוך יום עסקים אחד.',
    'decision.challenge.purchase': 'אפשר להזמין, ועד {until} בתנאים האלה:',
    'decision.challenge.return': 'אפשר להחזיר, ועד {until} בתנאים האלה:',
    'decision.challenge.contact': 'נשמח לעזור. עד {until} חל הדבר הבא:',
    'decision.challenge.review': 'אפשר לפרסם ביקורת, ועד {until} בתנאים האלה:',
    'decision.challenge.login': 'אפשר להתחבר, ועד {until} בתנאים האלה:',
  },
  obligations: {
    prepayment_only: 'התשלום מתבצע לפני המשלוח.',
    returns_need_photos: 'לכל בקשת החזרה יש לצרף תמונות.',
    returns_need_approval: 'אדם מהצוות עובר על כל החזרה לפני שהיא נשלחת.',
    no_free_returns: 'דמי המשלוח של החזרות הם על חשבון הלקוח, אלא אם הטעות הייתה שלנו.',
    order_limit: 'אפשר להחזיק הזמנה פתוחה אחת בכל פעם.',
    one_variant_per_article: 'אפשר להזמין בכל פעם מידה אחת או צבע אחד של אותו מוצר.',
    signature_on_delivery: 'על כל חבילה יש לחתום בעת המסירה.',
    fixed_delivery_address: 'אנו שולחים לכתובת שנמסרה, ואיננו משנים אותה כשהחבילה כבר בדרך.',
    official_channels_only: 'אפשר לכתוב לנו בדואר אלקטרוני או בטופס יצירת הקשר, ושם תמיד נשיב.',
    reviews_need_approval: 'אדם מהצוות קורא את הביקורת לפני שהיא מתפרסמת.',
    manual_review: 'אדם מהצוות עובר על כל הזמנה לפני שאנו מקבלים אותה.',
  },
  phrases: {
    reasons: 'הסיבה, בלשון המדיניות שלנו: ”{reasons}“.',
    reasonsUnknown: 'הסיבות כתובות בהודעה ששלחנו.',
    rights: 'הזכויות שבחוק אינן נפגעות: עדיין אפשר לבטל עסקה, לדווח על פגם במוצר ולבקש את המידע האישי.',
    appeal: 'אם לדעתך זו טעות, בלשון המדיניות שלנו: ”{appeal}“ מי שיבדוק את הפנייה אינו מי שהחליט.',
  },
};
