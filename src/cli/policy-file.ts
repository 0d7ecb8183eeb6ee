import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refusal } from '../adapters/refusal.ts';
import { parsePolicy } from '../core/policy/parse.ts';
import type { Policy } from '../core/policy/types.ts';
import { LARGEST_DOCUMENT } from '../core/policy/yaml.ts';

/** The text of a policy file. Throws a `Refusal` when there is none or it is far too large to be one. */
export async function readPolicyFile(file: string, workingFolder: string): Promise<string> {
  const path = resolve(workingFolder, file);
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new Refusal(`There is no file ${file}. Give the path of a policy, for example policies/fair-play.yaml.`);
  if (!found.isFile()) throw new Refusal(`${file} is not a file.`);
  // A character takes at most four bytes, so whatever is larger cannot be short enough.
  if (found.size > LARGEST_DOCUMENT * 4)
    throw new Refusal(`${file} is too large for a policy (at most ${LARGEST_DOCUMENT / 1024} kB).`);
  return readFile(path, 'utf8');
}

/** The policy in a file. Throws a `Refusal` that names the first problem when it cannot be read. */
export async function loadPolicyFile(file: string, workingFolder: string): Promise<Policy> {
  const parsed = parsePolicy(await readPolicyFile(file, workingFolder));
  if (parsed.ok) return parsed.value.policy;
  const [first] = parsed.error;
  const more =
    parsed.error.length > 1 ? ` And ${parsed.error.length - 1} more: see "evenhand policy check ${file}".` : '';
  throw new Refusal(`${file}:${first?.line}:${first?.column}: ${first?.message}${more}`);
}
