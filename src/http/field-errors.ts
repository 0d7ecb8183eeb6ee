import type { FastifySchemaValidationError } from 'fastify';

const MOST = 20;

/** What the schema refused, as field and message in plain words; never with the value that was sent. */
export function fieldErrors(issues: readonly FastifySchemaValidationError[]): { field: string; message: string }[] {
  return issues.slice(0, MOST).flatMap((issue) => {
    const at = issue.instancePath.slice(1).replaceAll('/', '.');
    const unknown = issue.params.keys;
    if (issue.keyword === 'unrecognized_keys' && Array.isArray(unknown)) {
      return unknown.slice(0, MOST).map((key) => ({
        field: [at, String(key)].filter((part) => part !== '').join('.'),
        message: 'is not known here',
      }));
    }
    return [{ field: at === '' ? 'body' : at, message: plainMessage(issue) }];
  });
}

function plainMessage(issue: FastifySchemaValidationError): string {
  const message = issue.message ?? 'is not as expected';
  const { params } = issue;
  switch (issue.keyword) {
    case 'invalid_type':
      if (message.endsWith('received undefined')) return 'is missing';
      return `must be ${withArticle(String(params.expected))}`;
    case 'too_small':
      return plainLimit(params, 'minimum', 'at least', message);
    case 'too_big':
      return plainLimit(params, 'maximum', 'at most', message);
    case 'invalid_value': {
      const values = params.values;
      return Array.isArray(values)
        ? `must be ${values
            .map(String)
            .join(', ')
            .replace(/, ([^,]*)$/, ' or $1')}`
        : message;
    }
    case 'invalid_format':
      return message.startsWith('Invalid ') ? `is not ${withArticle(formatName(String(params.format)))}` : message;
    case 'invalid_union':
      return 'is not in a form that is known here';
    default:
      return message;
  }
}

function plainLimit(params: Record<string, unknown>, side: string, words: string, message: string): string {
  if (!message.startsWith('Too ')) return message;
  const limit = String(params[side]);
  if (params.origin === 'string') {
    if (limit === '1' && side === 'minimum') return 'must not be empty';
    return `must have ${words} ${limit} characters`;
  }
  if (params.origin === 'array') return `must have ${words} ${limit} ${limit === '1' ? 'entry' : 'entries'}`;
  return `must be ${words} ${limit}`;
}

function formatName(format: string): string {
  const names: Record<string, string> = {
    email: 'e-mail address',
    uuid: 'id',
    datetime: 'instant such as 2026-03-01T10:00:00Z',
    ipv4: 'IP address',
    ipv6: 'IP address',
  };
  return names[format] ?? format;
}

function withArticle(noun: string): string {
  const word = noun === 'int' ? 'whole number' : noun === 'record' ? 'object' : noun;
  return /^[aeiouI]/.test(word) ? `an ${word}` : `a ${word}`;
}
