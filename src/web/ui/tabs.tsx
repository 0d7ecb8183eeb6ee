import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface TabsProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly { value: T; label: ReactNode; count?: number }[];
  /** Fills the height that is left; its panel's parts scroll by themselves. */
  fill?: boolean;
  /** The panel of the chosen tab. */
  children: ReactNode;
}

/** Views of one thing, chosen by arrow keys or a press. Keep `value` in the address. */
export function Tabs<T extends string>({ label, value, onChange, tabs, fill, children }: TabsProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: T) => onChange(next)}
      className={cx('flex min-h-0 flex-col gap-4', fill && 'grow')}
    >
      <Base.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex control-height items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-2 aria-selected:border-accent aria-selected:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && <span className="tabular text-xs text-faint">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} className={cx('min-h-0 outline-none', fill && 'flex grow flex-col')}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
