import { escapeText, Html, html } from '../../core/shared/html.ts';
import type { Instant } from '../../core/shared/time.ts';
import { dateOf, type Visit, words } from './visit.ts';

const FSI = '\u2068';
const PDI = '\u2069';

/** Text with what keeps its own direction in it (order numbers, addresses, names) set apart as elements. */
export function text(plain: string): Html {
  const balanced = plain.split(FSI).length === plain.split(PDI).length;
  const escaped = escapeText(plain);
  return new Html(balanced ? escaped.replaceAll(FSI, '<bdi>').replaceAll(PDI, '</bdi>') : escaped);
}

/** What somebody wrote freely: in their own direction, with their line breaks. */
export function written(plain: string): Html {
  const parts = plain
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return html`<div class="written" dir="auto">${parts.map(
    (part) =>
      html`<p dir="auto">${part.split('\n').map((line, at) => (at === 0 ? html`${line}` : html`<br>${line}`))}</p>`,
  )}</div>`;
}

export const time = (visit: Visit, at: Instant): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${dateOf(visit, at)}</time>`;

/** The hidden field that every form begins with. */
export const csrfField = (visit: Visit): Html => html`<input type="hidden" name="csrf" value="${visit.csrf}">`;

/** A form of one button. */
export function buttonForm(
  visit: Visit,
  { action, label, quiet = false }: { readonly action: string; readonly label: string; readonly quiet?: boolean },
): Html {
  return html`<form method="post" action="${action}">${csrfField(visit)}<button${quiet ? html` class="quiet"` : null}>${label}</button></form>`;
}

/** A link that looks like the one thing to do here. */
export const buttonLink = (href: string, label: string): Html => html`<a class="button" href="${href}">${label}</a>`;

/** What was wrong with a form, each with a link to its field. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export function problems(visit: Visit, all: readonly FieldProblem[]): Html | null {
  if (all.length === 0) return null;
  return html`<div class="problems" role="alert" tabindex="-1"><h2>${words(visit, 'errors.title')}</h2><ul>${all.map(
    ({ field, message }) => html`<li><a href="#${field}">${text(message)}</a></li>`,
  )}</ul></div>`;
}

/** One line of text to fill in. */
export function textField(field: {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly type: 'text' | 'email';
  readonly autocomplete: string;
  readonly code?: boolean;
  readonly problem: string | undefined;
}): Html {
  const { name, problem } = field;
  return html`<div class="field"><label for="${name}">${field.label}</label>
<p class="hint" id="${name}-hint">${field.hint}</p>${fieldProblem(name, problem)}
<input id="${name}" name="${name}" type="${field.type}" value="${field.value}" autocomplete="${field.autocomplete}" autocapitalize="none" spellcheck="false" required maxlength="${field.code === true ? 20 : 254}"${
    field.code === true ? html` inputmode="numeric" class="code" data-code` : null
  } dir="ltr" aria-describedby="${describedBy(name, problem)}"${invalid(problem)}></div>`;
}

export const fieldProblem = (name: string, problem: string | undefined): Html | null =>
  problem === undefined ? null : html`<p class="problem" id="${name}-problem">${text(problem)}</p>`;

export const describedBy = (name: string, problem: string | undefined): string =>
  problem === undefined ? `${name}-hint` : `${name}-problem ${name}-hint`;

export const invalid = (problem: string | undefined): Html | null =>
  problem === undefined ? null : html` aria-invalid="true"`;

/** The problem of one field among all. */
export const problemOf = (all: readonly FieldProblem[], field: string): string | undefined =>
  all.find((each) => each.field === field)?.message;
