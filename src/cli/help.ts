import type { AnyCommand, Option } from './frame.ts';

const WIDTH = 100;

/** The list of commands. */
export function renderHelp(commands: readonly AnyCommand[]): string {
  const rows = commands.map((command) => [command.name, command.summary] as const);
  return [
    "Evenhand deals with an online shop's problem customers fairly.",
    '',
    'Usage: evenhand <command> [options]',
    '',
    ...table([...rows, ['help <command>', 'Shows what a command does and takes']]),
    '',
    'The data is in ./data of the project; EVENHAND_DATA names another folder, DATABASE_URL a PostgreSQL server of your own.',
  ].join('\n');
}

/** One command: how to call it, what it takes, examples. */
export function renderCommandHelp(command: AnyCommand): string {
  const positionals = command.positionals ?? [];
  const usage = [
    command.name,
    ...positionals.map(({ name, optional }) => (optional === true ? `[${name}]` : name)),
    ...Object.entries(command.options).map(([name, option]) =>
      isRequired(option) ? flag(name, option) : `[${flag(name, option)}]`,
    ),
  ];
  const rows = [
    ...positionals.map(({ name, about }) => [name, about] as const),
    ...Object.entries(command.options).map(([name, option]) => [flag(name, option), aboutOf(option)] as const),
  ];
  return [
    command.summary,
    '',
    `Usage: evenhand ${usage.join(' ')}`,
    ...(rows.length === 0 ? [] : ['', ...table(rows)]),
    ...(command.examples === undefined ? [] : ['', ...command.examples.map((example) => `  $ ${example}`)]),
  ].join('\n');
}

function flag(name: string, option: Option): string {
  return option.type === 'boolean' ? `--${name}` : `--${name} ${option.value}`;
}

function isRequired(option: Option): boolean {
  return option.type === 'string' && option.required === true;
}

function aboutOf(option: Option): string {
  if (option.type === 'boolean') return option.about;
  if (option.type === 'strings') return `${option.about}; may be given several times`;
  const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
  return `${option.about}${choices}${option.default === undefined ? '' : `; ${option.default} unless given`}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) =>
    wrap(text, WIDTH - left).map((line, index) => `  ${(index === 0 ? name : '').padEnd(left - 2)}${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
