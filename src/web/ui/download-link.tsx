import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface DownloadLinkProps {
  /** Where the service gives the file out. */
  href: string;
  /** What the file is called on the reader's device. */
  fileName?: string;
  children: ReactNode;
}

/** Fetches a file: a link, so that the browser's own "save as" works, in the shape of a button. */
export function DownloadLink({ href, fileName, children }: DownloadLinkProps) {
  return (
    <a
      href={href}
      download={fileName ?? ''}
      className="inline-flex control-height shrink-0 items-center justify-center gap-1.5 rounded-md border border-line bg-raised px-3 text-sm font-medium whitespace-nowrap text-ink shadow-sm transition-colors select-none hover:bg-hover"
    >
      <Icon name="download" />
      {children}
    </a>
  );
}
