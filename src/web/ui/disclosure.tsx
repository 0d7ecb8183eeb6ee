import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** More, for those who want it: closed until asked for. */
export function Disclosure({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <details className="group min-w-0 text-sm">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm text-ink hover:underline max-md:min-h-11 [&::-webkit-details-marker]:hidden">
        <Icon name="chevronEnd" className="-ms-0.5 text-muted transition-transform group-open:rotate-90" />
        {label}
      </summary>
      {children}
    </details>
  );
}
