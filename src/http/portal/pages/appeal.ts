import { appealGround } from '../../../core/events/appeals.ts';
import { joinSentences } from '../../../core/policy/say.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import type { Period } from '../../../core/shared/period.ts';
import { say } from '../../../core/shared/words.ts';
import { LARGEST_FILE_MB, LARGEST_TOGETHER_MB, MOST_FILES } from '../../../workflows/appeals/files/sent-files.ts';
import type { MayFile } from '../../../workflows/appeals/types.ts';
import { LONGEST_TEXT } from '../../../workflows/appeals/written.ts';
import type { DecisionPage } from '../../../workflows/portal/decision-page.ts';
import type { DisputableThing } from '../../../workflows/portal/disputable.ts';
import {
  csrfField,
  describedBy,
  type FieldProblem,
  fieldProblem,
  invalid,
  problemOf,
  problems,
  text,
} from '../markup.ts';
import { type Page, type Visit, words } from '../visit.ts';
import { measureTitle } from './measures.ts';
import { thingLine } from './things.ts';

const ACCEPT = 'image/jpeg,image/png,image/webp,application/pdf';

export interface AppealForm {
  readonly ground: string;
  readonly disputed: readonly string[];
  readonly text: string;
}

export const emptyAppeal: AppealForm = { ground: '', disputed: [], text: '' };

interface AppealPage extends DecisionPage {
  readonly things: readonly DisputableThing[];
  readonly answerWithin: Period;
}

/** What is wrong, which facts, in their own words, with files: works whole without a script. */
export function appealView(
  visit: Visit,
  page: AppealPage,
  may: MayFile,
  form: AppealForm = emptyAppeal,
  faults: readonly FieldProblem[] = [],
): Page {
  const here = `${visit.base}/decisions/${page.measure.id}`;
  return {
    title: words(visit, 'appeal.title'),
    status: faults.length === 0 ? 200 : 422,
    body: html`<h1>${words(visit, 'appeal.title')}</h1>
<p class="lead">${words(visit, 'appeal.lead')}</p>
${aboutCard(visit, page, here)}
${may.appeal.needsNew ? html`<p class="note">${words(visit, 'appeal.needsNew')}</p>` : null}
${problems(visit, faults)}
<form method="post" action="${here}/appeal" enctype="multipart/form-data" novalidate>
${csrfField(visit)}
${grounds(visit, form, problemOf(faults, 'ground'))}
${facts(visit, page.things, form, problemOf(faults, 'disputed'))}
${textArea(visit, { label: words(visit, 'appeal.text'), hint: words(visit, 'appeal.textHint', { most: LONGEST_TEXT }), value: form.text, problem: problemOf(faults, 'text') })}
${filesField(visit, problemOf(faults, 'files'), faults.length > 0)}
<p class="soft">${joinSentences(visit.language, [words(visit, 'appeal.within', { period: page.answerWithin }), words(visit, 'appeal.sendHint')])}</p>
<p><button>${words(visit, 'appeal.send')}</button></p>
</form>`,
  };
}

/** Asking to have it ended because something has changed. */
export function applyView(
  visit: Visit,
  page: AppealPage,
  form: AppealForm = emptyAppeal,
  faults: readonly FieldProblem[] = [],
): Page {
  const here = `${visit.base}/decisions/${page.measure.id}`;
  return {
    title: words(visit, 'apply.title'),
    status: faults.length === 0 ? 200 : 422,
    body: html`<h1>${words(visit, 'apply.title')}</h1>
<p class="lead">${words(visit, 'apply.lead')}</p>
${aboutCard(visit, page, here)}
${problems(visit, faults)}
<form method="post" action="${here}/apply" enctype="multipart/form-data" novalidate>
${csrfField(visit)}
${textArea(visit, { label: words(visit, 'apply.text'), hint: words(visit, 'apply.textHint', { most: LONGEST_TEXT }), value: form.text, problem: problemOf(faults, 'text') })}
${filesField(visit, problemOf(faults, 'files'), faults.length > 0)}
<p class="soft">${joinSentences(visit.language, [words(visit, 'appeal.within', { period: page.answerWithin }), words(visit, 'appeal.sendHint')])}</p>
<p><button>${words(visit, 'appeal.send')}</button></p>
</form>`,
  };
}

/** Why nothing can be filed now. */
export function cannotView(visit: Visit, reason: string, measure: string): Page {
  const title = words(visit, 'appeal.cannot');
  return {
    title,
    status: 409,
    body: html`<h1>${title}</h1><p class="lead">${text(reason)}</p><p><a href="${visit.base}/decisions/${measure}">${words(visit, 'appeal.readAgain')}</a></p>`,
  };
}

const aboutCard = (visit: Visit, { measure, policy }: DecisionPage, here: string): Html =>
  html`<div class="card"><p class="soft">${words(visit, 'appeal.about')}</p><p><b>${text(measureTitle(visit, measure, policy.compiled.policy))}</b></p><p><a href="${here}">${words(visit, 'appeal.readAgain')}</a></p></div>`;

function grounds(visit: Visit, form: AppealForm, problem: string | undefined): Html {
  return html`<fieldset class="field" id="ground"${problem === undefined ? null : html` aria-describedby="ground-problem"`}><legend>${words(visit, 'appeal.ground')}</legend>${fieldProblem('ground', problem)}
${appealGround.options.map(
  (ground) =>
    html`<label class="choice"><input type="radio" name="ground" value="${ground}"${form.ground === ground ? html` checked` : null} required><span><b>${words(visit, `appeal.grounds.${ground}`)}</b><span>${words(visit, `appeal.grounds.${ground}Hint`)}</span></span></label>\n`,
)}</fieldset>`;
}

function facts(
  visit: Visit,
  things: readonly DisputableThing[],
  form: AppealForm,
  problem: string | undefined,
): Html | null {
  if (things.length === 0) return null;
  return html`<fieldset class="field" id="disputed"><legend>${words(visit, 'appeal.facts')}</legend><p class="hint">${words(visit, 'appeal.factsHint')}</p>${fieldProblem('disputed', problem)}
${things.map(({ thing, event }) => {
  const line = thingLine(visit, thing);
  return html`<label class="choice"><input type="checkbox" name="disputed" value="${event}"${form.disputed.includes(event) ? html` checked` : null}><span><b>${text(line.what)}</b><span>${line.date}${line.note === null ? null : html` · ${text(line.note)}`}</span></span></label>\n`;
})}</fieldset>`;
}

export function textArea(
  visit: Visit,
  field: {
    readonly label: string;
    readonly hint: string;
    readonly value: string;
    readonly problem: string | undefined;
  },
): Html {
  return html`<div class="field"><label for="text">${field.label}</label><p class="hint" id="text-hint">${field.hint}</p>${fieldProblem('text', field.problem)}
<textarea id="text" name="text" dir="auto" maxlength="${LONGEST_TEXT}" required aria-describedby="${describedBy('text', field.problem)}" data-left="${words(visit, 'appeal.left', { count: '{n}' })}"${invalid(field.problem)}>
${field.value}</textarea></div>`;
}

export function filesField(visit: Visit, problem: string | undefined, again: boolean): Html {
  const hint = joinSentences(visit.language, [
    ...(again ? [words(visit, 'errors.filesAgain')] : []),
    words(visit, 'appeal.filesHint'),
  ]);
  return html`<div class="field"><label for="files">${words(visit, 'appeal.files')}</label><p class="hint" id="files-hint">${hint}</p>${fieldProblem('files', problem)}
<input id="files" name="files" type="file" multiple accept="${ACCEPT}" aria-describedby="${describedBy('files', problem)}" data-most="${MOST_FILES}" data-largest="${LARGEST_FILE_MB}" data-together="${LARGEST_TOGETHER_MB}" data-too-large="${say(visit.language, 'appeals.refused.file-too-large', { name: '{n}', count: LARGEST_FILE_MB })}" data-too-many="${say(visit.language, 'appeals.refused.too-many-files', { count: MOST_FILES })}" data-too-much="${say(visit.language, 'appeals.refused.files-too-large', { count: LARGEST_TOGETHER_MB })}"${invalid(problem)}></div>`;
}
