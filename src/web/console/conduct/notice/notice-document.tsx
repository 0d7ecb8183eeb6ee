import type { NoticeView } from '../../../../contracts/notices.ts';
import { cx } from '../../../ui/index.ts';

type Block = NoticeView['sections'][number]['blocks'][number];
type Words = Extract<Block, { kind: 'paragraph' }>['words'];

interface NoticeDocumentProps {
  notice: NoticeView;
  /** 3 unless it stands deeper. */
  level?: 2 | 3;
}

/** A notice as the customer reads it: in its own language and direction, large, in one column. Its links lead nowhere here. */
export function NoticeDocument({ notice, level = 3 }: NoticeDocumentProps) {
  const Heading = level === 2 ? 'h3' : 'h4';
  return (
    <div lang={notice.language} dir={notice.dir} className="flex max-w-[60ch] flex-col gap-4 text-lg text-ink">
      <p className="text-lg font-semibold">{notice.lead}</p>
      {notice.sections.map((section) => (
        <div key={section.id} className="flex flex-col gap-1.5">
          {section.title !== null && <Heading className="text-base font-semibold">{section.title}</Heading>}
          {section.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a notice have no names and never change their order
            <BlockView key={index} block={block} />
          ))}
        </div>
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className="whitespace-pre-line">
          <WordsView words={block.words} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="border-s-2 border-edge ps-3 whitespace-pre-line">
          <WordsView words={block.words} />
        </blockquote>
      );
    case 'list':
      return (
        <ul className="flex list-disc flex-col gap-1 ps-5">
          {block.items.map((words, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no names and never change their order
            <li key={index}>
              <WordsView words={words} />
            </li>
          ))}
        </ul>
      );
    case 'facts':
      return (
        <dl className="flex flex-col divide-y divide-line border-y border-line text-base">
          {block.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names and never change their order
            <div key={index} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
              <dt className="min-w-0 text-muted">{row.label}</dt>
              <dd className="min-w-0 text-end">
                <bdi>{row.value}</bdi>
                {row.note !== undefined && <span className="block text-sm text-muted">{row.note}</span>}
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'link':
      return (
        <p>
          <span
            title={block.href}
            className={cx(
              'font-medium',
              block.primary
                ? 'inline-flex min-h-9 items-center rounded-md bg-accent px-4 py-1 text-base text-on-accent'
                : 'text-accent underline underline-offset-2',
            )}
          >
            {block.text}
          </span>
        </p>
      );
  }
}

/** Words, some of which may be in another language than the notice. */
function WordsView({ words }: { words: Words }) {
  return words.map((each, index) =>
    each.lang === undefined ? (
      each.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a sentence have no names and never change their order
      <bdi key={index} lang={each.lang}>
        {each.text}
      </bdi>
    ),
  );
}
