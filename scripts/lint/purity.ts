import { importsOf, isNode, lineOf, type Source, type SyntaxNode, type Violation, walk } from './source.ts';

const NOW = 'the core has no clock: take `now: Instant` as an argument';
const CHANCE = 'the core has no randomness: take the id or the number as an argument';
const WORLD =
  'the core has no world around it: take what it needs as an argument, and let a workflow read it through a port';

/** Members that are forbidden on objects which are otherwise fine. */
const MEMBERS: Readonly<Record<string, string>> = { 'Date.now': NOW, 'Math.random': CHANCE };

/** Names that must not appear at all. */
const GLOBALS: Readonly<Record<string, string>> = {
  performance: NOW,
  setTimeout: NOW,
  setInterval: NOW,
  setImmediate: NOW,
  crypto: CHANCE,
  process: WORLD,
  fetch: WORLD,
  require: WORLD,
  console: WORLD,
  globalThis: WORLD,
  window: WORLD,
  document: WORLD,
  localStorage: WORLD,
  Buffer: "Buffer is Node's: use Uint8Array, or leave bytes to an adapter",
};

/** Finds what would make the core depend on when and where it runs: the clock, randomness, the process, the network, Node. */
export function checkPurity(sources: readonly Source[]): Violation[] {
  return sources
    .filter(({ path }) => path.startsWith('src/core/'))
    .flatMap((source) => [...modulesIn(source), ...globalsIn(source)]);
}

function modulesIn(source: Source): Violation[] {
  return importsOf(source)
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(({ specifier, node }) => at(source, node, `${specifier}: ${WORLD}`));
}

function globalsIn(source: Source): Violation[] {
  const own = declaredIn(source);
  const found: Violation[] = [];
  for (const { node, parent } of walk(source.program)) {
    if (node.type === 'MemberExpression' && isNode(node.object) && isNode(node.property)) {
      const name = `${node.object.name}.${node.property.name ?? node.property.value}`;
      const message = MEMBERS[name];
      if (message !== undefined) found.push(at(source, node, `${name}: ${message}`));
    }
    const isDate = isNode(node.callee) && node.callee.name === 'Date';
    if (isDate && node.type === 'CallExpression') found.push(at(source, node, `Date(): ${NOW}`));
    if (isDate && node.type === 'NewExpression' && (node.arguments as readonly unknown[]).length === 0)
      found.push(at(source, node, `new Date(): ${NOW}`));
    if (node.type !== 'Identifier' || typeof node.name !== 'string' || own.has(node.name) || isOnlyAName(node, parent))
      continue;
    const message = Object.hasOwn(GLOBALS, node.name) ? GLOBALS[node.name] : undefined;
    if (message !== undefined) found.push(at(source, node, `${node.name}: ${message}`));
  }
  return found;
}

/** Names that the file itself gives a meaning: parameters, variables, functions, imports. */
function declaredIn(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (pattern: unknown): void => {
    if (!isNode(pattern)) return;
    if (typeof pattern.name === 'string') names.add(pattern.name);
    for (const part of [pattern.left, pattern.argument, pattern.value]) add(part);
    for (const list of [pattern.elements, pattern.properties])
      if (Array.isArray(list)) for (const part of list) add(part);
  };
  for (const { node } of walk(source.program)) {
    if (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') add(node.id);
    if (Array.isArray(node.params)) for (const parameter of node.params) add(parameter);
    if (node.type.startsWith('Import') && isNode(node.local)) add(node.local);
  }
  return names;
}

/** True where the word stands for a property or a key rather than for a thing in scope. */
function isOnlyAName(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  if (parent === null) return false;
  if (parent.type === 'MemberExpression') return parent.property === node && parent.computed !== true;
  if (parent.type.startsWith('TS')) return true;
  return parent.key === node && parent.computed !== true && parent.shorthand !== true;
}

function at(source: Source, node: SyntaxNode, message: string): Violation {
  return { path: source.path, line: lineOf(source, node), message };
}
