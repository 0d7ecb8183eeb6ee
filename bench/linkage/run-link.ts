import { link } from './command.ts';
import { COMPARED, LARGEST_BLOCK, PROBABLE, ROLES, RULES } from './method.ts';
import { say } from './side.ts';

/** `node bench/linkage/run-link.ts FILE OUT`: the command in a process of its own, from the file to the clusters on the disk. */
const [file = '', out = ''] = process.argv.slice(2);
const words = [
  [file, '--format', 'csv', '--columns', ROLES, '--dates', 'day-first', '--out', out, '--force', '--threads', '2'],
  RULES.flatMap((rule) => ['--rule', rule]),
  [
    '--compare',
    COMPARED.join(','),
    '--largest-block',
    String(LARGEST_BLOCK),
    '--threshold',
    String(PROBABLE),
    '--json',
  ],
];
const begin = performance.now();
const printed = await link(...words.flat());
const seconds = (performance.now() - begin) / 1000;
const { compared, links } = JSON.parse(printed) as {
  readonly compared: number;
  readonly links: { readonly same: number; readonly probablySame: number };
};
say({ seconds, pairs: compared, links: links.same + links.probablySame });
