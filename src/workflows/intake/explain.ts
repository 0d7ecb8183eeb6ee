import type { z } from 'zod';

/** What is wrong with one thing that was sent: the field, and why in a few words that follow the field's name. */
export interface FieldFault {
  /** "body.total.currency"; empty for the whole. */
  readonly field: string;
  readonly message: string;
}

/** The first thing a schema found, in plain words. */
export function explain(error: z.ZodError, prefix = ''): FieldFault {
  const issue = error.issues[0];
  if (issue === undefined) throw new Error('A schema refused without saying why');
  const path = [...(prefix === '' ? [] : [prefix]), ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    return { field: fieldName([...path, key ?? '']), message: 'is not known here' };
  }
  return { field: fieldName(path), message: wordsFor(issue) };
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  );
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (!('input' in issue) || issue.input === undefined) return 'is missing';
      return /^Invalid/.test(issue.message) ? `must be ${nameOf(issue.expected)}` : `must be ${issue.message}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (!/^Too small/.test(issue.message)) return issue.message;
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : `must be at least ${issue.minimum}${counted(issue.origin)}`;
    case 'too_big':
      if (!/^Too big/.test(issue.message)) return issue.message;
      return `must be at most ${issue.maximum}${counted(issue.origin)}`;
    default:
      return /^Invalid/.test(issue.message) ? 'is not in the form that is asked for' : issue.message;
  }
}

function counted(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function nameOf(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'a list',
  };
  return names[expected] ?? expected;
}
