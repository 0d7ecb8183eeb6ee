import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface PageHeaderProps {
  title: ReactNode;
  /** The answer to the page's one question, in a sentence. */
  answer?: ReactNode;
  actions?: ReactNode;
  /** Stands above the title: where one came from. */
  crumb?: ReactNode;
}

/** Answers the page's one question at the top. */
export function PageHeader({ title, answer, actions, crumb }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {crumb && <div className="mb-1 text-sm text-muted">{crumb}</div>}
        <h1 className="text-xl font-semibold tracking-tight text-ink">{title}</h1>
        {answer && <p className="mt-0.5 max-w-prose text-base text-pretty text-muted">{answer}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The margins of a page that scrolls with the window. `width` keeps forms and prose readable. */
export function Page({ width = 'wide', children }: { width?: 'wide' | 'form' | 'prose'; children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-5 md:px-8 md:py-7">
      <div className={cx('flex flex-col gap-6', { wide: '', form: 'max-w-3xl', prose: 'max-w-2xl' }[width])}>
        {children}
      </div>
    </div>
  );
}

/** A page that fills the window and whose parts scroll by themselves (tables, two panes). */
export function PageFill({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-[calc(100dvh-var(--shell-chrome))] min-h-96 flex-col gap-4 px-4 pt-5 pb-4 md:px-8 md:pt-7">
      {children}
    </div>
  );
}

/** A bordered ground for one thing. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cx('min-w-0 rounded-lg border border-line bg-surface', className)}>{children}</div>;
}

interface SectionProps {
  title: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  /** 2 unless it stands inside another section. */
  level?: 2 | 3;
  className?: string;
  children: ReactNode;
}

/** A heading and what belongs under it. */
export function Section({ title, hint, actions, level = 2, className, children }: SectionProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={cx('flex min-w-0 flex-col gap-2.5', className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <Heading className="text-base font-semibold text-ink">{title}</Heading>
          {hint && <p className="max-w-prose text-sm text-muted">{hint}</p>}
        </div>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Running text at a readable width: policies, statements of reasons. */
export function Prose({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={cx(
        'max-w-[66ch] text-lg text-ink [&_h2]:mt-6 [&_h2]:mb-1 [&_h2]:text-lg [&_h2]:font-semibold [&_li]:my-1 [&_p]:my-2 [&_ul]:list-disc [&_ul]:ps-5',
        className,
      )}
    >
      {children}
    </div>
  );
}
