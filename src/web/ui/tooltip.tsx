import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { KeyHint } from './keys.tsx';

/** Shares one delay between all tooltips: the second opens at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={450} closeDelay={0}>
      {children}
    </Base.Provider>
  );
}

interface TooltipProps {
  label?: ReactNode;
  /** The shortcut to show, as in "g h". */
  keys?: string;
  children: ReactElement<Record<string, unknown>>;
}

/** A word or a shortcut on hover and focus. Never the only place where something is said. */
export function Tooltip({ label, keys, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-lg transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {label}
            {keys && <KeyHint keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
