import { createHash } from 'node:crypto';
import { type Colour, themeOf } from '../../contracts/theme.ts';

/** The shop's colours as a style sheet of their own, so that no page needs styles within it. */
export function themeStyle(accent: Colour | null): string {
  const theme = themeOf(accent);
  return `:root { --accent: ${theme.light}; --on-accent: ${theme.onLight}; }
@media (prefers-color-scheme: dark) { :root { --accent: ${theme.dark}; --on-accent: ${theme.onDark}; } }
`;
}

/** One column of large text, light and dark, from 320 px up. Logical properties only: it mirrors by itself. */
export const PORTAL_STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1c1f23; --soft: #555c65; --line: #dcdfe3; --edge: #858c95; --ground: #fbfbfa; --card: #fff; --tint: #f3f4f2;
  --problem: #a3271b; --good: #1f6b3b;
  --fonts: "Inter Variable", "Noto Sans Hebrew Variable", "Noto Sans SC Variable", system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e8eb; --soft: #a9b0b9; --line: #343940; --edge: #7d8590; --ground: #15171a; --card: #1c1f23; --tint: #23272c;
    --problem: #f2a097; --good: #8fd3a6;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-block-start: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.125rem/1.6 var(--fonts); overflow-wrap: break-word; }
header, main, footer { max-inline-size: 40rem; margin-inline: auto; padding-inline: 1.25rem; }
main { padding-block: 1rem 3rem; }
main:focus { outline: none; }
p, ul, ol, dl { margin-block: 0 1rem; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; margin-block: 0 .5rem; }
h1 { font-size: clamp(1.625rem, 1.25rem + 1.8vw, 2.125rem); margin-block: 1rem .75rem; }
main > .soft:first-child { margin-block-end: 0; }
main > .soft:first-child + h1, main > .soft:first-child + article h1 { margin-block-start: .25rem; }
article + .card { margin-block-start: 2rem; }
h2 { font-size: 1.375rem; margin-block: 2.5rem .75rem; }
h3 { font-size: 1.125rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; padding: .5rem 1rem; background: var(--card); }
.skip:focus { inset-block-start: .5rem; z-index: 1; }
header { padding-block: 1.25rem .75rem; border-block-end: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between; }
.shop { margin: 0; font-weight: 650; }
.shop img { display: block; max-block-size: 3rem; max-inline-size: 12rem; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: 1rem; }
nav a, nav b { display: inline-block; padding-block: .25rem; }
footer { border-block-start: 1px solid var(--line); padding-block: 1.25rem 3rem; color: var(--soft); font-size: 1rem; }
footer p { margin-block: .75rem; }
.lead { font-size: 1.25rem; }
.soft { color: var(--soft); }
.small { font-size: 1rem; }
.note { border-inline-start: 4px solid var(--accent); padding-inline-start: 1rem; }
.good { border-inline-start: 4px solid var(--good); padding-inline-start: 1rem; }

.button, button { display: inline-block; font: inherit; font-weight: 600; padding: .625rem 1.375rem; min-block-size: 2.75rem; border: 2px solid var(--accent); border-radius: .5rem; background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer; }
button.quiet { background: none; color: var(--accent); border-color: transparent; padding-inline: 0; min-block-size: 0; padding-block: .25rem; font-weight: 400; text-decoration: underline; text-underline-offset: .15em; }
form { margin-block: 0 1rem; }

.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; margin-block: 0 1rem; }
.card > :last-child { margin-block-end: 0; }
.card h3 { margin-block-end: .25rem; }

.readings { list-style: none; margin: 0 0 .75rem; padding: 0; }
.readings li { padding-block: .625rem; border-block-start: 1px solid var(--line); }
.reading { display: flex; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.reading b { white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { display: block; inline-size: 100%; block-size: .5rem; margin-block: .375rem .25rem; border-radius: .25rem; overflow: hidden; }
[dir="rtl"] .bar { transform: scaleX(-1); }
.bar .way { fill: var(--line); } .bar .value { fill: var(--accent); } .bar .limit { fill: var(--ink); }

details { margin-block: 0 .75rem; }
summary { cursor: pointer; padding-block: .375rem; }
.things { list-style: none; margin: .25rem 0 .75rem; padding: 0; }
.things li { padding-block: .375rem; border-block-start: 1px solid var(--line); display: grid; gap: 0 1rem; grid-template-columns: 11rem 1fr; }
.things li > :first-child { grid-row: span 2; }
.things bdi, .choice bdi, dl.facts bdi { display: inline-block; max-inline-size: 100%; }
.things .soft { grid-column: 2; }
@media (max-width: 34rem) { .things li { grid-template-columns: 1fr; } .things .soft { grid-column: 1; } }
s { text-decoration-thickness: 1px; color: var(--soft); }
a bdi, s bdi { text-decoration: inherit; }

dl.facts { display: grid; gap: .375rem 1rem; grid-template-columns: fit-content(45%) minmax(0, 1fr); }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; }
dl.facts .why { display: block; color: var(--soft); font-size: 1rem; }
@media (max-width: 34rem) { dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-block-end: .625rem; } }
blockquote { margin: 0 0 1rem; padding-inline-start: 1rem; border-inline-start: 4px solid var(--line); }

.field { margin: 0 0 1.5rem; border: 0; padding: 0; min-inline-size: 0; }
.field > label:not(.choice), legend { font-weight: 600; padding: 0; display: block; }
legend { font-size: 1.25rem; margin-block-end: .5rem; }
.hint { color: var(--soft); font-size: 1rem; margin-block: 0 .375rem; }
input:is([type="text"], [type="email"]), textarea { font: inherit; color: inherit; background: var(--card); inline-size: 100%; padding: .625rem .75rem; border: 1px solid var(--edge); border-radius: .5rem; }
[dir="rtl"] input[dir="ltr"] { text-align: end; }
input.code { max-inline-size: 12rem; font-size: 1.5rem; letter-spacing: .25em; font-variant-numeric: tabular-nums; }
textarea { min-block-size: 11rem; resize: vertical; }
input[type="file"] { font: inherit; font-size: 1rem; max-inline-size: 100%; padding-block: .25rem; }
input::file-selector-button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; padding: .375rem .75rem; margin-inline-end: .75rem; cursor: pointer; }
.card + form { margin-block-start: 1.75rem; }
input[type][aria-invalid="true"], textarea[aria-invalid="true"] { border-color: var(--problem); border-width: 2px; }
.problem { color: var(--problem); font-weight: 600; margin-block: 0 .375rem; }
.problems { border: 2px solid var(--problem); border-radius: .75rem; padding: 1rem 1.25rem; margin-block: 1.25rem; }
.problems h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
.problems ul { margin: 0; padding-inline-start: 1.25rem; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: .625rem; background: var(--card); margin-block-end: .5rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); outline: 1px solid var(--accent); }
.choice input { inline-size: 1.25rem; block-size: 1.25rem; margin-block: .25rem; accent-color: var(--accent); }
.choice b { display: block; font-weight: 600; }
.choice span span { color: var(--soft); font-size: 1rem; display: block; }
.chosen { list-style: none; padding: 0; margin-block: .5rem 0; font-size: 1rem; }


.spoken { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.said { border-block-start: 1px solid var(--line); padding-block: 1rem .25rem; }
.said h3 { margin: 0; font-size: 1rem; display: flex; flex-wrap: wrap; gap: 0 .75rem; }
.said h3 span { font-weight: 400; color: var(--soft); }
.written p { margin-block: .25rem .5rem; }

@media print { header nav, footer, .button, button, .skip { display: none; } body { background: #fff; color: #000; } }
`;

export const STYLE_VERSION = createHash('sha256').update(PORTAL_STYLE).digest('hex').slice(0, 10);
