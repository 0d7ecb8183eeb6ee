import { codeField } from './code-field.ts';
import { fileField } from './file-field.ts';
import { sentOnce } from './sent-once.ts';
import { textLeft } from './text-left.ts';

/** What makes the customers' pages a little easier where scripts run. Everything works without. */
const locale = document.documentElement.lang || 'en';

document.querySelector<HTMLElement>('.problems')?.focus();
for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-left]')) textLeft(area, locale);
for (const input of document.querySelectorAll<HTMLInputElement>('input[type="file"][data-most]'))
  fileField(input, locale);
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-code]')) codeField(input);
for (const form of document.querySelectorAll<HTMLFormElement>('form[method="post"]')) sentOnce(form);
