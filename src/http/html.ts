export { escapeText, Html, html } from '../core/shared/html.ts';
