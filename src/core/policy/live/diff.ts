import { type Sentence, sentence } from '../sentence.ts';
import type { Policy } from '../types.ts';
import { liveSentences } from './render.ts';
import type { LiveRule } from './types.ts';

/** What changes in the live rules, a sentence for each change. The policies have their own words in the reader's language already. */
export function diffLive(before: Policy, after: Policy): readonly Sentence[] {
  const earlier = new Map(before.live.map((rule) => [rule.id, rule]));
  const later = new Set(after.live.map(({ id }) => id));
  return [
    ...before.live.filter(({ id }) => !later.has(id)).map(({ title }) => sentence('diff.live.removed', { title })),
    ...after.live.flatMap((rule) => {
      const was = earlier.get(rule.id);
      return was === undefined ? [added(rule, after)] : changed(was, rule, before, after);
    }),
  ];
}

function added(rule: LiveRule, after: Policy): Sentence {
  return sentence('diff.live.added', { title: rule.title, because: rule.because, after: does(rule, after) });
}

function changed(was: LiveRule, is: LiveRule, before: Policy, after: Policy): Sentence[] {
  const changes: Sentence[] = [];
  if (was.title !== is.title) changes.push(sentence('diff.live.title', { before: was.title, after: is.title }));
  if (was.because !== is.because)
    changes.push(sentence('diff.live.because', { title: is.title, before: was.because, after: is.because }));
  const [did, now] = [does(was, before), does(is, after)];
  if (JSON.stringify(did) !== JSON.stringify(now))
    changes.push(sentence('diff.live.changed', { title: is.title, before: did, after: now }));
  return changes;
}

const does = (rule: LiveRule, policy: Policy): Sentence =>
  sentence('sentences', { list: { list: liveSentences(rule, policy), join: 'and' } });
