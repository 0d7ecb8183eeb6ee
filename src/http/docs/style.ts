import { BASE_STYLE } from '../page-style.ts';

export const DOCS_STYLE = `${BASE_STYLE}
body { display: grid; grid-template-columns: minmax(0, 1fr); }
nav { padding: 1rem 1.25rem; border-block-end: 1px solid var(--line); font-size: .875rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { padding-block: .15rem; }
nav .group { margin-block: 1rem .25rem; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; font-size: .75rem; }
main { padding: 1rem 1.25rem 4rem; max-inline-size: 52rem; }
h1 small { color: var(--soft); font-weight: 400; font-size: .5em; }
h2 { margin-block-start: 3rem; text-transform: capitalize; }
article { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .25rem 1.25rem 1rem; margin-block: 1rem; }
h4 { margin-block: 1rem .25rem; font-size: .875rem; color: var(--soft); }
.method { display: inline-block; min-inline-size: 4.6em; text-decoration: none; text-transform: uppercase; font: 600 .75em ui-monospace, Menlo, Consolas, monospace; color: var(--soft); }
.fields { list-style: none; margin: 0; padding-inline-start: 0; }
.fields .fields { padding-inline-start: 1rem; border-inline-start: 1px solid var(--line); }
.fields li { padding-block: .2rem; }
nav summary, details summary { cursor: pointer; }
details { padding-block: .15rem; }
details[open] { padding-block-end: .75rem; }
.fields b { font-size: .75rem; color: var(--accent); }
.type { color: var(--soft); font-size: .875rem; }
.meaning { display: block; font-size: .875rem; }
@media (min-width: 60rem) {
  body { grid-template-columns: 18rem minmax(0, 1fr); }
  nav { position: sticky; inset-block-start: 0; block-size: 100vh; overflow: auto; border-block-end: 0; border-inline-end: 1px solid var(--line); }
}
`;
