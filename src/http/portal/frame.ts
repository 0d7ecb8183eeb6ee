import { type Html, html } from '../../core/shared/html.ts';
import { buttonForm } from './markup.ts';
import { STYLE_VERSION } from './style.ts';
import { type Page, type Visit, words } from './visit.ts';

/** A whole page: the shop's name and logo, one column of text, and below it the language and how to reach the shop. */
export function framed(visit: Visit, page: Page): string {
  const { shop, base, language, session } = visit;
  const email = shop.settings.supportEmail;
  return html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<title>${words(visit, 'frame.title', { page: page.title, shop: shop.name })}</title>
<link rel="stylesheet" href="${base}/style.css?v=${STYLE_VERSION}">
<link rel="stylesheet" href="${base}/theme.css?v=${visit.accent?.slice(1) ?? 'own'}">
${visit.assets === null ? null : html`${visit.assets.styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}<script type="module" src="${visit.assets.script}"></script>\n`}</head>
<body>
<a class="skip" href="#main">${words(visit, 'frame.skip')}</a>
<header>
<p class="shop">${visit.logo === null ? html`<bdi>${shop.name}</bdi>` : html`<img src="${base}/logo?v=${visit.logo}" alt="${shop.name}">`}</p>
${session === null ? null : navigation(visit)}
</header>
<main id="main" tabindex="-1">
${page.body}
</main>
<footer>
${languageSwitch(visit)}
${email === null ? null : html`<p>${words(visit, 'frame.questions')} <a href="mailto:${email}"><bdi>${email}</bdi></a></p>`}
${session === null ? null : buttonForm(visit, { action: `${base}/leave`, label: words(visit, 'frame.leave'), quiet: true })}
</footer>
</body>
</html>
`.text;
}

function navigation(visit: Visit): Html {
  return html`<nav aria-label="${words(visit, 'frame.pages')}"><ul>${(['standing', 'data', 'policy'] as const).map(
    (name) => html`<li><a href="${visit.base}/${name}">${words(visit, `frame.${name}`)}</a></li>`,
  )}</ul></nav>`;
}

/** Addresses of their own, so that a language is chosen without a script; what was written in a form is not kept. */
function languageSwitch({ language, languages }: Visit): Html | null {
  if (languages.length < 2) return null;
  const label = words({ language }, 'frame.languages');
  return html`<nav class="languages" aria-label="${label}"><ul>${languages.map(
    ({ code, name, dir }) =>
      html`<li>${
        code === language.code
          ? html`<b aria-current="true" lang="${code}" dir="${dir}">${name}</b>`
          : html`<a href="?lang=${code}" hreflang="${code}" lang="${code}" dir="${dir}">${name}</a>`
      }</li>`,
  )}</ul></nav>`;
}
