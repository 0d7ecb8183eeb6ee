/* The smallest storefront that shows what a customer sees: a cart, the step to payment, and the shop's sentence when it is no. */

const words = {
  en: {
    signIn: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    cart: 'Your cart',
    total: 'Total',
    add: 'Add a hat',
    pay: 'Go on to payment',
    wrong: 'E-mail and password do not fit.',
    open: 'Payment is open. You can pay now.',
  },
  he: {
    signIn: 'כניסה',
    email: 'דואר אלקטרוני',
    password: 'סיסמה',
    cart: 'הסל שלך',
    total: 'סך הכול',
    add: 'הוספת כובע',
    pay: 'המשך לתשלום',
    wrong: 'הדואר האלקטרוני והסיסמה אינם תואמים.',
    open: 'התשלום פתוח. אפשר לשלם עכשיו.',
  },
};

const asked = new URLSearchParams(location.search);
const language = asked.get('language') === 'he' ? 'he' : 'en';
const say = words[language];
document.documentElement.lang = language;
document.documentElement.dir = language === 'he' ? 'rtl' : 'ltr';
for (const each of document.querySelectorAll('[data-say]')) each.textContent = say[each.dataset.say];

/* Where the Vendure server is: beside this page, or where <meta name="shop-api"> says. */
const api = document.querySelector('meta[name=shop-api]')?.content ?? '/shop-api';
let token = sessionStorage.getItem('token');

async function ask(query, variables = {}) {
  const answer = await fetch(`${api}?languageCode=${language}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const fresh = answer.headers.get('vendure-auth-token');
  if (fresh !== null) {
    token = fresh;
    sessionStorage.setItem('token', fresh);
  }
  return (await answer.json()).data;
}

const money = (units, currency) => new Intl.NumberFormat(language, { style: 'currency', currency }).format(units / 100);
const [signIn, cart] = ['sign-in', 'cart'].map((id) => document.getElementById(id));

async function showCart() {
  const { order } = await ask(
    '{ order: activeOrder { state totalWithTax currencyCode lines { quantity linePriceWithTax productVariant { name } } } }',
  );
  signIn.hidden = true;
  cart.hidden = false;
  cart.querySelector('ul').replaceChildren(
    ...(order?.lines ?? []).map(({ quantity, linePriceWithTax, productVariant }) => {
      return made('li', [
        made('span', [`${quantity} × ${productVariant.name}`]),
        made('span', [money(linePriceWithTax, order.currencyCode)]),
      ]);
    }),
  );
  cart.querySelector('.total strong').textContent = order === null ? '' : money(order.totalWithTax, order.currencyCode);
}

/** The sentence as it came, line by line, with addresses to click on. It is text: nothing in it is taken for markup. */
function refuse(sentence) {
  const box = cart.querySelector('.refusal');
  box.replaceChildren(
    ...sentence.split('\n').map((line) => made('p', line.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:)])/).map(linked))),
  );
  box.hidden = false;
}

function linked(part) {
  if (!/^https?:\/\//.test(part)) return part;
  const link = made('a', [part]);
  link.href = part;
  return link;
}

function made(name, children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

signIn.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(event.target));
  const { login } = await ask(
    'mutation ($email: String!, $password: String!) { login(username: $email, password: $password) { __typename ... on InvalidCredentialsError { authenticationError } } }',
    { email, password },
  );
  if (login.__typename === 'CurrentUser') return showCart();
  const box = signIn.querySelector('[role=alert]');
  box.textContent = login.authenticationError || say.wrong;
  box.hidden = false;
});

document.getElementById('add').addEventListener('click', async () => {
  const { items } = (await ask('{ search: products { items { variants { id } } } }')).search;
  const { added } = await ask(
    'mutation ($id: ID!) { added: addItemToOrder(productVariantId: $id, quantity: 1) { __typename ... on OrderInterceptorError { interceptorError } } }',
    { id: items[0].variants[0].id },
  );
  if (added.interceptorError !== undefined) return refuse(added.interceptorError);
  return showCart();
});

document.getElementById('pay').addEventListener('click', async () => {
  const { moved } = await ask(
    'mutation { moved: transitionOrderToState(state: "ArrangingPayment") { __typename ... on OrderStateTransitionError { transitionError } } }',
  );
  if (moved.transitionError !== undefined) return refuse(moved.transitionError);
  cart.querySelector('.refusal').hidden = true;
  const thanks = cart.querySelector('.thanks');
  thanks.textContent = say.open;
  thanks.hidden = false;
});

if (token !== null) void showCart();
