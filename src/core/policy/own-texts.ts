import type { OwnText } from './sentence.ts';
import type { Policy, PolicyTexts } from './types.ts';

/** What the shop itself wrote, each text in the asked language where it is translated and as it was written where not. */
export interface OwnTexts {
  readonly name: OwnText;
  readonly introduction: OwnText;
  readonly appeal: OwnText;
  readonly rule: (id: string) => {
    readonly title: OwnText;
    readonly because: OwnText;
    readonly advice: OwnText | null;
  };
  readonly ladder: (id: string) => { readonly title: OwnText };
  readonly live: (id: string) => { readonly title: OwnText; readonly because: OwnText };
}

/** The shop's own texts in a language. Throws on a rule or ladder that the policy does not have. */
export function ownTexts(policy: Policy, language: string): OwnTexts {
  const translation: PolicyTexts | undefined = language === policy.language ? undefined : policy.translations[language];
  const own = (written: string, translated: string | null | undefined): OwnText =>
    translated === null || translated === undefined
      ? { text: written, language: policy.language }
      : { text: translated, language };
  return {
    name: own(policy.name, translation?.name),
    introduction: own(policy.introduction, translation?.introduction),
    appeal: own(policy.procedure.appeal, translation?.appeal),
    rule: (id) => {
      const rule = found(policy.rules, id);
      const texts = translation?.rules[id];
      return {
        title: own(rule.title, texts?.title),
        because: own(rule.because, texts?.because),
        advice: rule.advice === null ? null : own(rule.advice, texts?.advice),
      };
    },
    ladder: (id) => ({ title: own(found(policy.ladders, id).title, translation?.ladders[id]?.title) }),
    live: (id) => {
      const rule = found(policy.live, id);
      const texts = translation?.live[id];
      return { title: own(rule.title, texts?.title), because: own(rule.because, texts?.because) };
    },
  };
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const item = list.find((each) => each.id === id);
  if (item === undefined) throw new Error(`The policy has no "${id}"`);
  return item;
}

/** The policy with its own texts in a language: translated where the shop did so, as it was written where not. */
export function policyIn(policy: Policy, language: string): Policy {
  if (language === policy.language || policy.translations[language] === undefined) return policy;
  const texts = ownTexts(policy, language);
  return {
    ...policy,
    name: texts.name.text,
    introduction: texts.introduction.text,
    rules: policy.rules.map((rule) => {
      const { title, because, advice } = texts.rule(rule.id);
      return { ...rule, title: title.text, because: because.text, advice: advice?.text ?? null };
    }),
    ladders: policy.ladders.map((ladder) => ({ ...ladder, title: texts.ladder(ladder.id).title.text })),
    live: policy.live.map((rule) => {
      const { title, because } = texts.live(rule.id);
      return { ...rule, title: title.text, because: because.text };
    }),
    procedure: { ...policy.procedure, appeal: texts.appeal.text },
  };
}
