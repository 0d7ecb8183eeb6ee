import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import { KeyHint } from './keys.tsx';

interface MenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  children: ReactNode;
}

/** A list of things to do, opened by a button. */
export function Menu({ trigger, align = 'start', side = 'bottom', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-48 overflow-y-auto rounded-lg bg-raised p-1 text-sm shadow-lg outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const row =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-ink outline-none select-none data-disabled:opacity-60 data-highlighted:bg-hover max-md:min-h-11';

interface MenuItemProps {
  icon?: IconName;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** A link of the router, when the item goes somewhere. */
  render?: ReactElement<Record<string, unknown>>;
  onClick?: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, danger, disabled, render, onClick, children }: MenuItemProps) {
  return (
    <Base.Item
      {...(render && { render })}
      {...(onClick && { onClick })}
      disabled={disabled ?? false}
      className={cx(row, danger && 'text-block')}
    >
      {icon && <Icon name={icon} className={danger ? '' : 'text-muted'} />}
      <span className="grow">{children}</span>
      {keys && <KeyHint keys={keys} />}
    </Base.Item>
  );
}

interface MenuCheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Ticked or not; the menu stays open. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={row}>
      <span className="inline-flex size-4 items-center justify-center">
        <Base.CheckboxItemIndicator>
          <Icon name="check" />
        </Base.CheckboxItemIndicator>
      </span>
      {children}
    </Base.CheckboxItem>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; icon?: IconName }[];
}

/** One of several. */
export function MenuChoice<T extends string>({ label, value, onChange, options }: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)} aria-label={label}>
      <div className="px-2 pt-1.5 pb-1 text-xs text-faint">{label}</div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={row}>
          {option.icon && <Icon name={option.icon} className="text-muted" />}
          <span className="grow">{option.label}</span>
          <Base.RadioItemIndicator>
            <Icon name="check" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

/** Things to do that something must be known about first. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="max-w-72 px-2 pt-1.5 pb-1 text-xs text-muted">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
