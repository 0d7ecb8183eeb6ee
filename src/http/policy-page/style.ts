import { BASE_STYLE } from '../page-style.ts';

export const POLICY_STYLE = `${BASE_STYLE}
body { font-size: 1.0625rem; }
header, main, footer { max-inline-size: 38rem; margin-inline: auto; padding-inline: 1.25rem; }
.shop { margin: 0; padding-block: 1.25rem .75rem; color: var(--soft); font-weight: 600; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between; border-block-end: 1px solid var(--line); }
.languages { display: flex; flex-wrap: wrap; gap: .25rem .875rem; font-size: .9375rem; padding-block: .5rem; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); margin-block: 2rem .5rem; }
h2 { font-size: 1.375rem; margin-block: 3rem .75rem; }
h3 { font-size: 1.0625rem; margin-block: 0 .375rem; }
.facts { color: var(--soft); margin-block: 0 1.5rem; }
.old { border-inline-start: 3px solid var(--accent); padding-inline-start: .875rem; }
.lead { font-size: 1.1875rem; }
article { border-block-start: 1px solid var(--line); padding-block: 1.25rem; }
article p, section p { margin-block: 0 .5rem; }
.small { color: var(--soft); font-size: .9375rem; line-height: 1.5; }
li .small { display: block; }
ol { padding-inline-start: 1.4rem; }
li { padding-block: .2rem; }
li::marker { color: var(--soft); }
.versions { color: var(--soft); font-size: .9375rem; }
.versions h2 { font-size: 1.0625rem; }
footer { padding-block: 2rem 3rem; color: var(--soft); }
@media print { .versions, .languages, footer { display: none; } }
`;
