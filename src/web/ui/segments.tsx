import { useId } from 'react';
import { cx } from './cx.ts';

interface SegmentsProps<T extends string> {
  /** What is chosen, for screen readers. */
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; hint?: string }[];
  disabled?: boolean;
  className?: string;
}

/** One of a few short words, all in sight: radio buttons side by side. */
export function Segments<T extends string>({ label, value, onChange, options, disabled, className }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset
      disabled={disabled}
      className={cx('inline-flex min-w-0 rounded-md border border-edge bg-surface p-px disabled:opacity-60', className)}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.hint}
          className={cx(
            'relative inline-flex min-h-6.5 grow items-center justify-center rounded-sm px-2 text-xs font-medium whitespace-nowrap max-md:min-h-11 max-md:text-sm',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-selected text-ink' : 'text-muted hover:bg-hover hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 m-0 size-full appearance-none opacity-0"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
