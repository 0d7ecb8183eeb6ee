import { isListed } from './guests';
import { parseJson, quoted, textAt, Value } from './json';

const ALLOWED = '{"operations":[]}';
/** Said where a refusal came without words in any language. */
const WITHOUT_WORDS =
  'This order cannot be placed at the moment. Please write to the shop: they will tell you why, and you can object.';

/**
 * What the checkout is to do, as JSON for Shopify. Refuses at the checkout only (a cart is nobody's harm), a customer whom Evenhand marked
 * or a guest whose address is on its list, until the last whole day. Whatever it does not understand, it allows: what comes in wrongly is
 * still seen after the order, and a customer who is refused wrongly is gone.
 */
export function validate(source: string): string {
  const input = parseJson(source);
  if (input === null) return ALLOWED;
  const step = textAt(input, ['buyerJourney', 'step']);
  if (step === null || (step !== 'CHECKOUT_INTERACTION' && step !== 'CHECKOUT_COMPLETION')) return ALLOWED;
  const today = textAt(input, ['shop', 'localTime', 'date']);
  const spoken = textAt(input, ['localization', 'language', 'isoCode']);
  if (today === null) return ALLOWED;
  const language = spoken === null ? '' : spoken;

  if (textAt(input, ['cart', 'buyerIdentity', 'customer', 'id']) !== null) {
    const marks = nested(input, ['cart', 'buyerIdentity', 'customer', 'checkout', 'value']);
    const until = textAt(marks, ['until']);
    if (marks === null || until === null || today > until) return ALLOWED;
    return refused(messageIn(marks, language));
  }
  const email = textAt(input, ['cart', 'buyerIdentity', 'email']);
  const list = textAt(input, ['shop', 'guests', 'value']);
  if (email === null || list === null || !isListed(list, email, today)) return ALLOWED;
  return refused(messageIn(nested(input, ['shop', 'guestWords', 'value']), language));
}

/** JSON that lies as text in a metafield. */
function nested(input: Value, path: string[]): Value | null {
  const text = textAt(input, path);
  return text === null ? null : parseJson(text);
}

/** The message in the language of the checkout ("PT_BR", "NL"), else in its first, else in English, else in whatever there is. */
function messageIn(holder: Value | null, language: string): string {
  if (holder === null) return WITHOUT_WORDS;
  const messages = holder.get('messages');
  if (messages === null) return WITHOUT_WORDS;
  const tag = language.toLowerCase().replaceAll('_', '-');
  const wanted = [tag, tag.split('-')[0], 'en'];
  for (let index = 0; index < wanted.length; index++) {
    const found = textAt(messages, [wanted[index]]);
    if (found !== null) return found;
  }
  if (messages.values.length === 0) return WITHOUT_WORDS;
  const any = messages.values[0].text;
  return any === null ? WITHOUT_WORDS : any;
}

function refused(message: string): string {
  return '{"operations":[{"validationAdd":{"errors":[{"message":' + quoted(message) + ',"target":"$.cart"}]}}]}';
}
