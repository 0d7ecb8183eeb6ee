import { posix } from 'node:path';
import { importsOf, lineOf, type Source, type Violation } from './source.ts';

/** The core's stages from left to right; each may look to its left only. */
const STAGES = [
  'shared',
  'events',
  'identity',
  'network',
  'linkage',
  'metrics',
  'law',
  'policy',
  'measures',
  'standing',
  'lists',
  'decisions',
  'enforcement',
  'notices',
  'appeals',
  'care',
  'returns',
  'value',
  'insight',
];

/** What each zone may import besides itself, and what to do when more is wanted. */
const ZONES: Readonly<Record<string, { readonly may: readonly string[]; readonly instead: string }>> = {
  core: { may: [], instead: 'the core knows only itself: take what it needs as an argument' },
  ports: { may: ['core'], instead: 'a port is named in the words of the core, and an adapter fulfils it' },
  contracts: {
    may: ['core'],
    instead: 'a contract is shared with the browser: describe the data here and map to it in http',
  },
  workflows: {
    may: ['core', 'ports', 'sample'],
    instead: 'name what the workflow needs as a port, and let an adapter fulfil it',
  },
  adapters: { may: ['core', 'ports'], instead: 'an adapter fulfils a port; let a workflow call it' },
  sample: { may: ['core', 'ports', 'contracts'], instead: 'the sample shop makes events; let a workflow record them' },
  http: {
    may: ['workflows', 'contracts', 'core', 'ports'],
    instead: 'call a workflow; compose.ts hands it its adapters',
  },
  web: { may: ['contracts'], instead: 'the browser knows the API only: put what both sides need in src/contracts' },
};

/** Where everything is put together: these may import everything. */
const ROOT = /^(main|cli|compose|config)(-[\w-]+)?$/;

/** Finds imports against the arrows of the house (ARCHITECTURE.md). Types count: a type from the right is knowledge of the right. */
export function checkZones(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) =>
    importsOf(source).flatMap(({ specifier, node }) => {
      if (!specifier.startsWith('.')) return [];
      const target = posix.join(posix.dirname(source.path), specifier);
      const message = judge(source.path, target);
      return message === null ? [] : [{ path: source.path, line: lineOf(source, node), message }];
    }),
  );
}

function judge(from: string, to: string): string | null {
  const [source, target] = [zoneOf(from), zoneOf(to)];
  if (source === null || ROOT.test(source)) return null;
  const zone = ZONES[source];
  if (zone === undefined)
    return `src/${source} is no zone of the house: move the file, or give it a place in scripts/lint/zones.ts and ARCHITECTURE.md`;
  if (target === null) return `imports ${to}, which is outside src: ${zone.instead}`;
  if (source === 'core' && target === 'core') return judgeStages(from, to);
  if (source === target || zone.may.includes(target)) return null;
  return `${source} may not import ${to}: ${zone.instead}`;
}

function judgeStages(from: string, to: string): string | null {
  const [source, target] = [stageOf(from), stageOf(to)];
  if (!STAGES.includes(source))
    return `src/core/${source} is no stage of the core: give it its place in the order in scripts/lint/zones.ts and ARCHITECTURE.md`;
  if (source === target || (STAGES.includes(target) && STAGES.indexOf(target) < STAGES.indexOf(source))) return null;
  return `core/${source} may not import core/${target}, which comes after it: move what both need to the left, or pass it in as an argument`;
}

function zoneOf(path: string): string | null {
  return /^src\/([\w-]+)/.exec(path)?.[1] ?? null;
}

function stageOf(path: string): string {
  return path.split('/')[2] ?? '';
}
