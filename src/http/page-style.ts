/** What pages that need no script have in common: one column of text, light and dark, from 320 px up. */
export const BASE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1f23; --soft: #5b626b; --line: #dfe3e8; --ground: #fbfbfa; --card: #fff; --accent: #2f5fb3; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --soft: #a2a9b2; --line: #33383f; --ground: #15171a; --card: #1c1f23; --accent: #8fb2f0; }
}
* { box-sizing: border-box; }
html { scroll-padding-block-start: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .92em; }
`;
