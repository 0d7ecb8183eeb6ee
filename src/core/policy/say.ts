import type { Obligation, Surface } from '../events/measures.ts';
import type { MetricName } from '../metrics/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Period } from '../shared/period.ts';
import { capitalised, type Language, say, sayLanguage, sayList, sayMoney, sayShare } from '../shared/words.ts';
import { ownLanguage, type Prose, type SectionKind, type Sentence, type Value } from './sentence.ts';

/** What an obligation asks of a customer, as a sentence to the customer. */
export function sayObligation(language: Language, obligation: Obligation): string {
  return say(language, `policy.obligation.${obligation}`);
}

/** What a block on a surface stops, as the end of "For a time you cannot …". */
export function saySurface(language: Language, surface: Surface): string {
  return say(language, `policy.surface.${surface}`);
}

/** What a metric is called: "Return rate by value". */
export function sayMetric(language: Language, metric: MetricName): string {
  return say(language, `policy.metric.title.${metric}`);
}

/** One sentence in a language. Throws on a key or value that is missing, which is a bug. */
export function sayIn(language: Language, { key, values }: Sentence): string {
  if (key === 'verbatim') return String(values.text);
  if (key === 'language') return sayLanguage(language, String(values.code));
  const said: Record<string, string | number | Period> = {};
  for (const [name, value] of Object.entries(values)) {
    said[name] = key === 'condition.list' ? sayConditions(language, value) : sayValue(language, value);
  }
  return key === 'condition.list' || key === 'sentences' ? String(said.list) : say(language, `policy.${key}`, said);
}

function sayValue(language: Language, value: Value): string | number | Period {
  if (typeof value !== 'object' || 'months' in value) return value;
  if ('share' in value) return sayShare(language, value.share);
  if ('money' in value) return sayMoney(language, value.money, value.currency);
  if ('list' in value)
    return sayList(
      language,
      value.list.map((each) => sayNested(language, each)),
      value.join,
    );
  return sayNested(language, value);
}

/** The shop's own words in another language stand apart, so that a mixture of writing directions does not get confused. */
function sayNested(language: Language, sentence: Sentence): string {
  if (sentence.key === 'sentences') return saySentences(language, sentence);
  const own = ownLanguage(sentence);
  const text = sayIn(language, sentence);
  return own === null || own === language.code ? text : `\u2068${text}\u2069`;
}

function saySentences(language: Language, { values }: Sentence): string {
  const list = typeof values.list === 'object' && 'list' in values.list ? values.list.list : [];
  return joinSentences(
    language,
    list.map((each) => sayIn(language, each)),
  );
}

/** Sentences one after the other, as the language sets them. */
export function joinSentences(language: Language, sentences: readonly string[]): string {
  return sentences.length === 0
    ? ''
    : sentences.reduce((before, next) => say(language, 'policy.sentences', { before, next }));
}

/** Conditions are long, so each is set off in the language's own way; names are not. */
function sayConditions(language: Language, value: Value): string {
  if (typeof value !== 'object' || !('list' in value)) throw new Error('Conditions come as a list');
  const parts = value.list.map((each) => sayIn(language, each));
  const last = parts.pop() ?? '';
  if (parts.length === 0) return last;
  const before = parts.reduce((all, next) => say(language, 'policy.condition.comma', { before: all, next }));
  return say(language, `policy.condition.${value.join}`, { before, last });
}

export interface SaidProse {
  readonly title: string;
  readonly introduction: string;
  readonly sections: readonly {
    readonly id: string;
    readonly kind: SectionKind;
    readonly title: string;
    readonly sentences: readonly string[];
    readonly source?: { readonly said: string; readonly name: string; readonly href: string };
  }[];
}

/** The whole policy in a language, section by section. */
export function sayProse(language: Language, prose: Prose): SaidProse {
  return {
    title: sayIn(language, prose.title),
    introduction: sayIn(language, prose.introduction),
    sections: prose.sections.map((section) => ({
      id: section.id,
      kind: section.kind,
      title: sayIn(language, section.title),
      sentences: section.sentences.map((each) => sayIn(language, each)),
      ...(section.source && { source: { ...section.source, said: sayIn(language, section.source.said) } }),
    })),
  };
}

/** The step's own sentence without its number, as one that stands alone; null where the sentence begins no step. */
export function sayStep(language: Language, { key, values }: Sentence): string | null {
  if (key !== 'step.numbered' || typeof values.text !== 'object' || !('key' in values.text)) return null;
  return capitalised(language, sayIn(language, values.text));
}

/** The policy as a Markdown page. */
export function proseAsMarkdown(language: Language, prose: Prose): string {
  const said = sayProse(language, prose);
  const lines = [`# ${said.title}`, '', said.introduction.trim()];
  let kind: SectionKind | null = null;
  said.sections.forEach((section, index) => {
    const heading = sayHeading(language, section.kind);
    if (section.kind !== kind && heading !== null) lines.push('', `## ${heading}`);
    kind = section.kind;
    lines.push('', `${heading === null ? '##' : '###'} ${section.title}`, '');
    const sentences = prose.sections[index]?.sentences ?? [];
    lines.push(
      section.kind === 'ladder'
        ? // Each step begins a list item; what belongs to it follows in the same one.
          section.sentences
            .map((text, at) => `${sentences[at]?.key === 'step.numbered' ? '-' : ' '} ${text}`)
            .join('\n')
        : joinSentences(language, section.sentences),
    );
    const { source } = section;
    if (source !== undefined) lines.push('', `${source.said} [${source.name}](${source.href})`);
  });
  return `${lines.join('\n')}\n`;
}

/** The heading over all sections of a kind; null where each stands on its own. */
export function sayHeading(language: Language, kind: SectionKind): string | null {
  switch (kind) {
    case 'rule':
    case 'ladder':
    case 'live':
      return say(language, `policy.heading.${kind}`);
    case 'procedure':
    case 'rights':
      return null;
    default:
      return assertNever(kind);
  }
}
