import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prose } from '../../../../contracts/policy.ts';

type Section = Prose['sections'][number];
const KINDS = [
  ['rule', 'rules'],
  ['ladder', 'ladders'],
  ['live', 'live'],
  ['procedure', 'procedure'],
  ['rights', 'rights'],
] as const;

interface PolicyProseProps {
  prose: Prose;
  /** Stands beside the title of a rule: how many it touches. */
  beside?: (section: Section) => ReactNode;
  /** Gives each section an anchor, so that others can link to it. Only one prose on a page may. */
  anchors?: boolean;
  level?: 2 | 3;
}

/** A policy as people read it: the rules, the ladders, how to be heard, and what always stays. */
export function PolicyProse({ prose, beside, anchors = false, level = 2 }: PolicyProseProps) {
  const { t } = useTranslation('policy');
  const Group = level === 2 ? 'h2' : 'h3';
  const Title = level === 2 ? 'h3' : 'h4';
  return (
    <div className="flex max-w-[66ch] flex-col gap-8">
      <p dir="auto" className="text-lg text-ink">
        {prose.introduction}
      </p>
      {KINDS.map(([kind, group]) => {
        const sections = prose.sections.filter((section) => section.kind === kind);
        if (sections.length === 0) return null;
        const name = t(`read.${group}`);
        return (
          <section key={kind} className="flex flex-col gap-4">
            {/* A heading over one section of the same name would say it twice; for whoever goes by headings it stays. */}
            <Group
              className={sections.every(({ title }) => title === name) ? 'sr-only' : 'text-sm font-medium text-muted'}
            >
              {name}
            </Group>
            {sections.map((section) => (
              <article
                key={section.id}
                {...(anchors && { id: section.id })}
                className="flex scroll-mt-20 flex-col gap-1.5 border-s-2 border-line ps-4 target:border-accent"
              >
                <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <Title dir="auto" className="text-lg font-semibold text-ink">
                    {section.title}
                  </Title>
                  {beside?.(section)}
                </div>
                {section.sentences.map((sentence, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: sentences have no names, may repeat, and are never moved
                  <p key={index} dir="auto" className="text-base text-ink">
                    {sentence}
                  </p>
                ))}
                {section.source && (
                  <p className="text-sm text-muted">
                    {section.source.said}{' '}
                    <a
                      href={section.source.href}
                      target="_blank"
                      rel="noreferrer"
                      className="whitespace-nowrap underline underline-offset-2 hover:text-accent"
                    >
                      <bdi lang="en">{section.source.name}</bdi>
                    </a>
                  </p>
                )}
              </article>
            ))}
          </section>
        );
      })}
    </div>
  );
}
