import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree with TypeScript), as far as the rules look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** One source file, parsed. */
export interface Source {
  /** From the project's root, with forward slashes: "src/core/shared/money.ts". */
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

/** Something a rule of the house forbids. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  /** What is wrong and what to do instead. */
  readonly message: string;
}

/** Every TypeScript file below the folder that is neither a test nor a fixture of one. */
export function readSources(root: string, folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.tsx?$/.test(name) &&
        !/\.(test|gen)\.tsx?$/.test(name) &&
        !/(^|[\\/])fixtures[\\/]/.test(name) &&
        !name.endsWith('.d.ts'),
    )
    .map((name) =>
      relative(root, join(root, folder, name))
        .split(sep)
        .join('/'),
    )
    .sort()
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}

/** Parses one file. Throws on a syntax error, which the type checker reports better. */
export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  return { path, text, program: program as unknown as SyntaxNode };
}

/** Every node of the tree with the one above it, from top to bottom. */
export function* walk(
  node: SyntaxNode,
  parent: SyntaxNode | null = null,
): Generator<{ node: SyntaxNode; parent: SyntaxNode | null }> {
  yield { node, parent };
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk(child, node);
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

export function lineOf({ text }: Source, node: SyntaxNode): number {
  return text.slice(0, node.start).split('\n').length;
}

/** What a file imports, re-exports or loads, types included, with the place. */
export function importsOf(source: Source): { readonly specifier: string; readonly node: SyntaxNode }[] {
  const kinds = new Set([
    'ImportDeclaration',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
    'ImportExpression',
    'TSImportType',
  ]);
  const found: { specifier: string; node: SyntaxNode }[] = [];
  for (const { node } of walk(source.program)) {
    if (!kinds.has(node.type)) continue;
    const target = node.source ?? node.argument;
    const literal = isNode(target) && target.type === 'TSLiteralType' ? target.literal : target;
    if (isNode(literal) && typeof literal.value === 'string') found.push({ specifier: literal.value, node });
  }
  return found;
}
