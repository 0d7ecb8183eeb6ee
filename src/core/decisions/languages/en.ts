import { obligationWords } from '../../policy/obligation-words.ts';
import type { DecisionWords } from './words.ts';

export const english: DecisionWords = {
  locale: 'en-GB',
  messages: {
    'decision.deny.purchase':
      'We are sorry, we cannot take this order: you cannot place new orders with us until {until}.',
    'decision.deny.return': 'We cannot take this return as a favour. This is so until {until}.',
    'decision.deny.contact':
      'You cannot reach us this way until {until}. You can always write to us by e-mail or the contact form.',
    'decision.deny.review': 'We cannot take your review. This is so until {until}.',
    'decision.deny.login':
      'You cannot sign in until {until}. You can still write to us, return what you bought and ask for your data.',
    'decision.review.purchase':
      'Thank you for your order. A colleague looks at it before we accept it, usually within one working day.',
    'decision.review.return':
      'We have your return request. A colleague looks at it before you send anything, usually within one working day.',
    'decision.review.contact': 'We have your message. A colleague reads it and answers.',
    'decision.review.review': 'Thank you for your review. A colleague reads it before it appears.',
    'decision.review.login': 'A colleague checks your account before you can sign in, usually within one working day.',
    'decision.challenge.purchase': 'You can order, under these conditions until {until}:',
    'decision.challenge.return': 'You can return this, under these conditions until {until}:',
    'decision.challenge.contact': 'We are glad to help. Until {until} this applies:',
    'decision.challenge.review': 'You can post a review, under these conditions until {until}:',
    'decision.challenge.login': 'You can sign in, under these conditions until {until}:',
  },
  obligations: obligationWords,
  phrases: {
    reasons: 'The reason: {reasons}.',
    reasonsUnknown: 'The reasons are in the notice we sent you.',
    rights:
      'Your legal rights are not touched: you can still withdraw from a purchase, report faulty goods and ask for your data.',
    appeal: 'If you think this is wrong: {appeal} Somebody else than the person who decided will look at it.',
  },
};
