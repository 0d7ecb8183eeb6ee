import { type Html, html } from '../html.ts';
import { type Schema, schemaView, typeWords } from './schema-view.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

/** As much of an OpenAPI document as the page shows. */
export interface Reference {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  /** What is sent to other systems, by its topic. */
  readonly webhooks?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The API reference as one page that reads without scripts. */
export function referencePage(reference: Reference): string {
  const entries = Object.entries({ ...reference.paths, ...reference.webhooks }).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ method, path, operation })),
  );
  const sections = (reference.tags ?? []).map((tag) => ({
    ...tag,
    entries: entries.filter((entry) => entry.operation.tags?.includes(tag.name) === true),
  }));
  const page = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${reference.info.title}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<nav aria-label="Contents">
<p><a href="#top">${reference.info.title}</a></p>
${sections.map((section) => {
  const list = html`<ul>${section.entries.map(
    (entry) =>
      html`<li><a href="#${anchorOf(entry)}"><span class="method">${entry.method}</span>${shortPath(entry.path)}</a></li>`,
  )}</ul>`;
  return section.name === 'internal'
    ? html`<details><summary class="group">${section.name}</summary>${list}</details>`
    : html`<p class="group">${section.name}</p>${list}`;
})}
</nav>
<main id="top">
<h1>${reference.info.title} <small>${reference.info.version}</small></h1>
<p>${reference.info.description ?? ''}</p>
<p><a href="/docs/openapi.json">The same as an OpenAPI document</a></p>
${sections.map(
  (section) => html`<section>
<h2>${section.name}</h2>
<p>${section.description ?? ''}</p>
${section.entries.map(operationView)}
</section>`,
)}
</main>
</body>
</html>
`;
  return page.text;
}

function operationView(entry: Entry): Html {
  const { operation } = entry;
  const parameters = operation.parameters ?? [];
  const body = firstSchema(operation.requestBody?.content);
  return html`<article id="${anchorOf(entry)}">
<h3><span class="method">${entry.method}</span> <code>${entry.path}</code></h3>
<p>${operation.summary ?? ''}</p>
${operation.description === undefined ? null : operation.description.split('\n\n').map((part) => html`<p>${part}</p>`)}
${
  parameters.length === 0
    ? null
    : html`<h4>Parameters</h4><ul class="fields">${parameters.map(
        (each) =>
          html`<li><code>${each.name}</code> <span class="type">${each.in}, ${typeWords(each.schema ?? {})}</span>${each.required === true ? html` <b>required</b>` : null}</li>`,
      )}</ul>`
}
${body === null ? null : html`<h4>Body</h4>${schemaView(body, 'request')}`}
${Object.entries(operation.responses ?? {}).map(([status, response]) => {
  const schema = firstSchema(response.content);
  if (status.startsWith('4')) return html`<h4>${status.toUpperCase()}</h4><p>Problem (RFC 9457)</p>`;
  return html`<h4>${status}</h4>${schema === null ? null : schemaView(schema, 'answer')}`;
})}
</article>`;
}

function firstSchema(content: Readonly<Record<string, { readonly schema?: Schema }>> | undefined): Schema | null {
  return Object.values(content ?? {})[0]?.schema ?? null;
}

const anchorOf = ({ method, path }: Entry): string =>
  `${method}-${path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')}`;

const shortPath = (path: string): string => path.replace('/api/shops/{shop}', '…');
