import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from './source.ts';

const PAGES = ['README.md', 'ARCHITECTURE.md', 'GLOSSARY.md'];

/** Folders that a document may name although they appear only at run time or by a build. */
const MADE_LATER = /^(node_modules|dist|data|coverage)\//;

/** Finds paths in the project's documents, in code marks or as links, that are not there. */
export function checkDocuments(root: string): Violation[] {
  const decisions = join(root, 'docs', 'decisions');
  const pages = [
    ...PAGES,
    ...(existsSync(decisions)
      ? readdirSync(decisions)
          .filter((name) => name.endsWith('.md'))
          .map((name) => `docs/decisions/${name}`)
      : []),
  ];
  return pages
    .filter((page) => existsSync(join(root, page)))
    .flatMap((page) => checkPage(root, page, readFileSync(join(root, page), 'utf8')));
}

/** The paths one page names that are not there. `{a,b}` names several; `<name>` and `*` stand for anything. */
export function checkPage(root: string, page: string, text: string): Violation[] {
  return text.split('\n').flatMap((line, index) =>
    pathsIn(line)
      .flatMap(expand)
      .filter((path) => !MADE_LATER.test(path) && !isThere(root, path) && !isThere(root, join(page, '..', path)))
      .map((path) => ({
        path: page,
        line: index + 1,
        message: `names ${path}, which is not there: correct the page or make the file`,
      })),
  );
}

function pathsIn(line: string): string[] {
  const marked = [...line.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  const linked = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => (match[1] ?? '').replace(/#.*$/, ''));
  const isPath = (text: string) => /^(\.\/)?(src|test|bench|scripts|docs|bin|\.ci)\/[\w.@/{},*<>-]*$/.test(text);
  const isLocal = (text: string) => text !== '' && !/^[a-z]+:/.test(text) && !text.startsWith('/');
  return [...marked.filter(isPath), ...linked.filter(isLocal)];
}

function expand(path: string): string[] {
  const parts = /^(.*?)\{([^}]*)\}(.*)$/.exec(path);
  if (parts === null) return [path];
  return (parts[2] ?? '').split(',').flatMap((choice) => expand(`${parts[1]}${choice}${parts[3]}`));
}

function isThere(root: string, path: string): boolean {
  const wild = path.split('/').findIndex((part) => /[*<>]/.test(part));
  return existsSync(join(root, wild === -1 ? path : path.split('/').slice(0, wild).join('/')));
}
