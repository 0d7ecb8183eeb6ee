import { parseArgs } from 'node:util';
import { Refusal } from '../adapters/refusal.ts';
import { type Config, readConfig } from '../config.ts';
import { assertNever } from '../core/shared/assert-never.ts';
import { renderCommandHelp, renderHelp } from './help.ts';
import { nearest } from './nearest.ts';

/** An option of a command. */
export type Option =
  | { readonly type: 'boolean'; readonly about: string }
  /** May be given several times. */
  | { readonly type: 'strings'; readonly about: string; readonly value: string }
  | {
      readonly type: 'string';
      readonly about: string;
      /** What stands for the value in the help: SLUG, FILE. */
      readonly value: string;
      readonly required?: true;
      readonly default?: string;
      readonly choices?: readonly string[];
    };

export type Options = Readonly<Record<string, Option>>;

/** A word that a command takes without a name. */
export interface Positional {
  readonly name: string;
  readonly about: string;
  readonly optional?: true;
}

type Given<O extends Option> = O extends { readonly type: 'boolean' }
  ? boolean
  : O extends { readonly type: 'strings' }
    ? readonly string[]
    : O extends { readonly required: true } | { readonly default: string }
      ? string
      : string | undefined;

/** What a command is given to run with. */
export interface Call<O extends Options = Options> {
  readonly options: { readonly [Name in keyof O]: Given<O[Name]> };
  /** As many as the command named, at most; optional ones may be missing. */
  readonly positionals: readonly string[];
  /** The environment, read when asked for. Throws a `Refusal`. */
  readonly config: () => Config;
  /** Where a relative path that the caller typed begins. */
  readonly workingFolder: string;
  readonly terminal: Terminal;
  /** Aborts at Ctrl-C or SIGTERM: finish the step at hand, then return. */
  readonly signal: AbortSignal;
}

/** Where a command writes: results to `out`, everything about its own doing to `err`. Both add the line end. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Writes to `err` as it is, for what redraws its line. */
  readonly raw: (text: string) => void;
  /** True when `err` is a screen that a person watches. */
  readonly isScreen: boolean;
  readonly columns: number;
}

/** A command. It returns its exit code: 0 done, 1 refused or failed. */
export interface Command<O extends Options = Options> {
  /** The words that call it: "import", "ledger verify". */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly positionals?: readonly Positional[];
  readonly options: O;
  /** Whole command lines for the help. */
  readonly examples?: readonly string[];
  readonly run: (call: Call<O>) => Promise<number>;
}

/** A command of any options, as the registry holds it. */
export interface AnyCommand extends Omit<Command, 'run'> {
  readonly run: (call: Call) => Promise<number>;
}

/** Loads a command only when it is called, so that every command starts fast. */
export type Registry = Readonly<Record<string, () => Promise<{ readonly default: AnyCommand }>>>;

/** Called in a way that the command does not understand: one line, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Checks a command's types; give it as the default export of its file in src/cli/commands and list the file in index.ts. */
export function defineCommand<const O extends Options>(command: Command<O>): AnyCommand {
  return { ...command, run: (call) => command.run(call as Call<O>) };
}

/** What `runCommandLine` works with. */
export interface Surroundings {
  readonly registry: Registry;
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  readonly signal: AbortSignal;
}

/** Runs what the words ask for and gives the exit code: 0 done, 1 refused or failed, 2 called wrongly, 130 interrupted. */
export async function runCommandLine(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { registry, terminal, environment, workingFolder, signal } = surroundings;
  try {
    const asksForHelp = words.includes('--help') || words.includes('-h') || words[0] === 'help';
    const named = words.filter(
      (word) => word !== '--help' && word !== '-h' && !(word === 'help' && words[0] === 'help'),
    );
    if (named.length === 0) {
      terminal.out(renderHelp(await Promise.all(Object.values(registry).map(async (load) => (await load()).default))));
      return 0;
    }
    const { command, rest } = await findCommand(named, registry);
    if (asksForHelp) {
      terminal.out(renderCommandHelp(command));
      return 0;
    }
    const { options, positionals } = readArguments(command, rest);
    const config = (): Config => readConfig(environment, workingFolder);
    const code = await command.run({ options, positionals, config, workingFolder, terminal, signal });
    return signal.aborted ? 130 : code;
  } catch (error) {
    return report(error, terminal, environment.EVENHAND_DEBUG === '1', signal.aborted);
  }
}

async function findCommand(
  words: readonly string[],
  registry: Registry,
): Promise<{ command: AnyCommand; rest: readonly string[] }> {
  const leading = words.slice(0, 3);
  const end = leading.findIndex((word) => word.startsWith('-'));
  const names = end === -1 ? leading : leading.slice(0, end);
  for (let length = names.length; length > 0; length -= 1) {
    const load = registry[names.slice(0, length).join(' ')];
    if (load !== undefined) return { command: (await load()).default, rest: words.slice(length) };
  }
  const known = Object.keys(registry);
  const group = known.filter((name) => name.startsWith(`${names[0]} `));
  if (group.length > 0) {
    const meant = nearest(names.slice(0, 2).join(' '), group);
    if (names.length > 1 && meant !== null)
      throw new UsageError(`There is no command "${names.slice(0, 2).join(' ')}". Did you mean "${meant}"?`);
    throw new UsageError(
      `"${names[0]}" needs one more word: ${group.map((name) => name.slice(name.indexOf(' ') + 1)).join(', ')}.`,
    );
  }
  const typed = names[0] ?? words[0] ?? '';
  const meant = nearest(names.slice(0, 2).join(' '), known) ?? nearest(typed, known);
  throw new UsageError(
    `There is no command "${typed}". ${meant === null ? 'See "evenhand help".' : `Did you mean "${meant}"?`}`,
  );
}

function readArguments(command: AnyCommand, words: readonly string[]): Pick<Call, 'options' | 'positionals'> {
  const wanted = command.positionals ?? [];
  const config = Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, shapeOf(type)]));
  const parsed = parseWords(words, config, command);
  for (const [name, option] of Object.entries(command.options)) {
    const value = parsed.values[name];
    if (option.type === 'boolean') continue;
    if (Array.isArray(value) && value.includes('')) throw new UsageError(`--${name} is empty: give ${option.value}.`);
    if (option.type === 'strings') continue;
    if (value === undefined && option.required === true)
      throw new UsageError(`"${command.name}" needs --${name} ${option.value}: ${option.about}.`);
    if (typeof value === 'string' && value === '') throw new UsageError(`--${name} is empty: give ${option.value}.`);
    if (typeof value === 'string' && option.choices !== undefined && !option.choices.includes(value)) {
      const meant = nearest(value, option.choices);
      throw new UsageError(
        `--${name} is one of ${option.choices.join(', ')}, not "${value}"${meant === null ? '' : `; did you mean ${meant}?`}`,
      );
    }
  }
  const missing = wanted[parsed.positionals.length];
  if (missing !== undefined && missing.optional !== true)
    throw new UsageError(`"${command.name}" needs ${missing.name}: ${missing.about}.`);
  const surplus = parsed.positionals[wanted.length];
  if (surplus !== undefined) throw new UsageError(`"${command.name}" does not know what to do with "${surplus}".`);
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => {
      const value = parsed.values[name];
      return [name, Array.isArray(value) ? value.map(String) : (value ?? defaultOf(option))];
    }),
  );
  return { options, positionals: parsed.positionals };
}

function shapeOf(type: Option['type']): ArgumentShape {
  return type === 'strings' ? { type: 'string', multiple: true } : { type };
}

function defaultOf(option: Option): string | boolean | readonly string[] | undefined {
  switch (option.type) {
    case 'boolean':
      return false;
    case 'strings':
      return [];
    case 'string':
      return option.default;
    default:
      return assertNever(option);
  }
}

interface ArgumentShape {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
}

type Value = string | boolean | (string | boolean)[];

type Parsed = {
  readonly values: Readonly<Record<string, Value | undefined>>;
  readonly positionals: readonly string[];
};

function parseWords(words: readonly string[], config: Record<string, ArgumentShape>, command: AnyCommand): Parsed {
  try {
    return parseArgs({ args: [...words], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    const code = (error as { code?: string }).code;
    const message = error instanceof Error ? error.message : String(error);
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const typed = /'(--?[^']*)'/.exec(message)?.[1] ?? '';
      const meant = nearest(typed.replace(/^--?/, ''), Object.keys(config));
      const advice = meant === null ? `See "evenhand ${command.name} --help".` : `Did you mean --${meant}?`;
      throw new UsageError(`"${command.name}" has no option ${typed}. ${advice}`);
    }
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      const typed = /--([\w-]+)/.exec(message)?.[1] ?? '';
      const option = command.options[typed];
      throw new UsageError(
        option === undefined || option.type === 'boolean'
          ? `--${typed} takes no value.`
          : `--${typed} needs a value: ${option.value}.`,
      );
    }
    throw error;
  }
}

function report(error: unknown, terminal: Terminal, debug: boolean, aborted: boolean): number {
  if (error instanceof UsageError) {
    terminal.err(error.message);
    return 2;
  }
  if (error instanceof Refusal) {
    terminal.err(error.message);
    return 1;
  }
  if (aborted) return 130;
  terminal.err(describeBug(error, debug));
  return 1;
}

/** What to tell of an error that nobody foresaw: what and where, in one line; with the stack and the causes when debugging. */
export function describeBug(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `Something went wrong in Evenhand itself: ${String(error)}`;
  if (debug)
    return causesOf(error)
      .map((one) => one.stack ?? one.message)
      .join('\ncaused by ');
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const frame = frames.find((line) => !line.includes('node_modules') && !line.includes('node:')) ?? frames[0] ?? '';
  const place = /((?:src|scripts|bench)\/[^)]+)\)?$/.exec(frame)?.[1] ?? frame.trim();
  const what = causesOf(error)
    .map((one) => one.message.split('\n')[0])
    .join(': ');
  return `Something went wrong in Evenhand itself: ${what}${place === '' ? '' : ` (${place})`}. EVENHAND_DEBUG=1 shows the whole story.`;
}

function causesOf(error: Error): Error[] {
  return error.cause instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}
