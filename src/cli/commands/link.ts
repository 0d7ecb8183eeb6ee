import { resolve } from 'node:path';
import { isSupportedCountry } from 'libphonenumber-js';
import { defaultThreads, startCrew } from '../../adapters/link/crew.ts';
import { newFile } from '../../adapters/link/new-file.ts';
import { Refusal } from '../../adapters/refusal.ts';
import type { NewFile } from '../../ports/linking.ts';
import type { Delimiter } from '../../workflows/import/csv.ts';
import { FileFault } from '../../workflows/import/fault.ts';
import { fileSource } from '../../workflows/import/source.ts';
import { type LinkPhase, type LinkReport, linkFile } from '../../workflows/link/link-file.ts';
import { describeLinkage } from '../../workflows/link/summary.ts';
import { defineCommand, type Terminal, UsageError } from '../frame.ts';
import { type Progress, startProgress } from '../progress.ts';

const DELIMITERS: Readonly<Record<string, Delimiter>> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

export default defineCommand({
  name: 'link',
  summary: 'Finds rows of a customer list that are one person, and households, with reasons',
  positionals: [{ name: 'FILE', about: 'the list, plain or gzipped, with the names of its columns in the first line' }],
  options: {
    format: { type: 'string', value: 'FORMAT', about: 'what the file is', choices: ['csv'], default: 'csv' },
    columns: {
      type: 'strings',
      value: 'LIST',
      about: 'what the columns hold, like "given=first_name,surname,email"; otherwise as their names say',
    },
    out: { type: 'string', value: 'FILE', about: 'where the clusters go, as CSV', required: true },
    explain: { type: 'string', value: 'FILE', about: 'where every link goes, with its weights column by column' },
    id: { type: 'string', value: 'COLUMN', about: 'the column that names the rows in the output' },
    threshold: {
      type: 'string',
      value: 'SHARE',
      about: 'how probable a link must be, from 0.5 to 0.999999; otherwise as the method sets it',
    },
    region: { type: 'string', value: 'CODE', about: 'the country of phone numbers without a country code: NL' },
    dates: {
      type: 'string',
      value: 'ORDER',
      about: 'how 03/04/1990 is meant; otherwise told from the other dates',
      choices: ['day-first', 'month-first'],
    },
    delimiter: {
      type: 'string',
      value: 'NAME',
      about: 'what stands between columns; otherwise told from the first line',
      choices: Object.keys(DELIMITERS),
    },
    rule: { type: 'strings', value: 'RULE', about: 'which rows to compare, like surname.sound+birth.year' },
    compare: { type: 'strings', value: 'LIST', about: 'what to compare, like given,surname,birth' },
    'largest-block': {
      type: 'string',
      value: 'ROWS',
      about: 'a value more rows share than this is no reason to compare them; otherwise as the method sets it',
    },
    threads: { type: 'string', value: 'COUNT', about: 'how many threads work; otherwise one for each core' },
    force: { type: 'boolean', about: 'Replaces files that are there' },
    json: { type: 'boolean', about: 'Prints the summary as JSON' },
  },
  examples: [
    'evenhand link customers.csv --format csv --columns "given=first_name,surname=last_name,email,phone" --region NL --out clusters.csv',
    'evenhand link customers.csv --id customer_no --out clusters.csv --explain links.csv',
  ],
  run: async ({ options, positionals, terminal, workingFolder, signal }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError('"link" needs FILE.');
    const threads = wholeNumber('threads', options.threads, 1, 64) ?? defaultThreads();
    const threshold = share('threshold', options.threshold);
    const region = regionOf(options.region);
    const paths = [options.out, options.explain].flatMap((path) => (path === undefined ? [] : [path]));
    const resolved = [file, ...paths].map((path) => resolve(workingFolder, path));
    if (new Set(resolved).size < resolved.length)
      throw new UsageError('FILE, --out and --explain must be different files.');

    const outputs: NewFile[] = [];
    const bars = new Bars(terminal, file);
    const crew = startCrew(threads, new URL('../link-thread.ts', import.meta.url));
    try {
      const path = resolve(workingFolder, file);
      await fileSource(path);
      for (const path of paths) outputs.push(await newFile(resolve(workingFolder, path), options.force));
      const [out, explain] = outputs;
      if (out === undefined) throw new Error('--out is required');
      const report = await linkFile(
        crew,
        {
          path,
          columns: options.columns,
          id: options.id ?? null,
          delimiter: options.delimiter === undefined ? null : (DELIMITERS[options.delimiter] ?? null),
          reading: { region, dates: datesOf(options.dates) },
          rules: listOrNull(options.rule),
          compare: listOrNull(options.compare),
          largestBlock: wholeNumber('largest-block', options['largest-block'], 2, 1_000_000),
          thresholds: threshold === null ? {} : { probable: threshold },
          out,
          explain: explain ?? null,
        },
        (phase, done, total) => bars.update(phase, done, total),
        signal,
      );
      bars.finish();
      tell(terminal, report, options.json);
      return 0;
    } catch (error) {
      bars.finish();
      if (error instanceof FileFault) throw new Refusal(error.message);
      throw error;
    } finally {
      for (const output of outputs) await output.discard();
      await crew.close();
    }
  },
});

function tell(terminal: Terminal, report: LinkReport, json: boolean): void {
  for (const line of describeLinkage(report)) terminal.err(line);
  if (json) terminal.out(JSON.stringify(report, null, 2));
}

function listOrNull(lists: readonly string[]): readonly string[] | null {
  const items = lists.flatMap((list) => list.split(',')).map((item) => item.trim());
  return items.length === 0 ? null : items;
}

function datesOf(order: string | undefined): 'day-first' | 'month-first' | null {
  return order === 'day-first' || order === 'month-first' ? order : null;
}

function regionOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const region = text.toUpperCase();
  if (!isSupportedCountry(region))
    throw new UsageError(`--region "${text}" is no country: give its two letters, like NL, DE or US.`);
  return region;
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

function share(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!(value >= 0.5 && value <= 0.999999))
    throw new UsageError(`--${name} is a probability from 0.5 to 0.999999, not "${text}".`);
  return value;
}

const LABELS: Readonly<Record<LinkPhase, { readonly label: string; readonly unit: string }>> = {
  reading: { label: 'Reading', unit: 'bytes' },
  comparing: { label: 'Comparing', unit: 'pairs' },
  scoring: { label: 'Scoring', unit: 'pairs' },
  writing: { label: 'Writing', unit: 'lines' },
};

/** One bar for each phase. */
class Bars {
  readonly #terminal: Terminal;
  readonly #name: string;
  #phase: LinkPhase | null = null;
  #bar: Progress | null = null;

  constructor(terminal: Terminal, name: string) {
    this.#terminal = terminal;
    this.#name = name;
  }

  update(phase: LinkPhase, done: number, total: number): void {
    if (phase !== this.#phase) {
      this.#bar?.finish();
      this.#phase = phase;
      const { label, unit } = LABELS[phase];
      this.#bar = startProgress(this.#terminal, {
        label: phase === 'reading' ? `${label} ${this.#name}` : label,
        unit,
        total,
      });
    }
    this.#bar?.update(done);
  }

  finish(): void {
    this.#bar?.finish();
    this.#bar = null;
  }
}
