import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

interface FieldState {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}
const Context = createContext<FieldState | null>(null);

interface FieldProps {
  label: ReactNode;
  /** Stands under the label, before anything goes wrong. */
  hint?: ReactNode;
  /** What is wrong and what to do; also said to screen readers. */
  error?: string | undefined;
  optional?: boolean;
  /** The label is read aloud but not shown. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** Ties a label, a hint and an error to the one control inside it. */
export function Field({ label, hint, error, optional, hideLabel, className, children }: FieldProps) {
  const { t } = useTranslation('ui');
  const id = useId();
  const parts = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return (
    <Context value={{ id, describedBy: parts || undefined, invalid: Boolean(error) }}>
      <div className={cx('flex min-w-0 flex-col gap-1', className)}>
        <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>
          {label}
          {optional && <span className="ms-1.5 font-normal text-faint">{t('optional')}</span>}
        </label>
        {hint && (
          <p id={`${id}-hint`} className={hideLabel ? 'sr-only' : '-mt-0.5 mb-0.5 text-sm text-muted'}>
            {hint}
          </p>
        )}
        {children}
        {error && (
          <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-block">
            <Icon name="alert" className="mt-0.5" />
            {error}
          </p>
        )}
      </div>
    </Context>
  );
}

/** What a control inside a Field needs to be tied to it. */
export function useFieldControl() {
  const field = useContext(Context);
  if (!field) return {};
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
  };
}

const box =
  'w-full min-w-0 rounded-md border border-edge bg-surface text-base text-ink transition-colors hover:border-muted focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-block max-md:text-lg';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" {...useFieldControl()} {...rest} className={cx(box, 'control-height px-2.5', className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...useFieldControl()} {...rest} className={cx(box, 'px-2.5 py-1.5', className)} />;
}

/** The platform's own list: the best there is on phones, with a keyboard and for screen readers. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cx('relative inline-flex min-w-0', className ?? 'w-full')}>
      <select {...useFieldControl()} {...rest} className={cx(box, 'control-height appearance-none ps-2.5 pe-8')}>
        {children}
      </select>
      <Icon name="chevronDown" className="pointer-events-none absolute end-2 top-1/2 -translate-y-1/2 text-muted" />
    </span>
  );
}

interface ChoiceProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

function Choice({ label, hint, className, kind, ...rest }: ChoiceProps & { kind: 'checkbox' | 'radio' }) {
  const id = useId();
  return (
    <label className={cx('flex min-h-8 items-start gap-2.5 py-1.5 max-md:min-h-11 max-md:py-2.5', className)}>
      <input
        type={kind}
        aria-labelledby={`${id}-l`}
        aria-describedby={hint ? `${id}-h` : undefined}
        {...rest}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="flex min-w-0 flex-col">
        <span id={`${id}-l`} className="text-base text-ink">
          {label}
        </span>
        {hint && (
          <span id={`${id}-h`} className="text-sm text-muted">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

export function Checkbox(props: ChoiceProps) {
  return <Choice kind="checkbox" {...props} />;
}

interface RadioGroupProps<T extends string> {
  label: ReactNode;
  hideLabel?: boolean;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
}

export function RadioGroup<T extends string>({ label, hideLabel, value, onChange, options }: RadioGroupProps<T>) {
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col">
      <legend className={hideLabel ? 'sr-only' : 'mb-1 text-sm font-medium text-ink'}>{label}</legend>
      {options.map((option) => (
        <Choice
          key={option.value}
          kind="radio"
          name={name}
          label={option.label}
          hint={option.hint}
          disabled={option.disabled}
          checked={option.value === value}
          onChange={() => onChange(option.value)}
        />
      ))}
    </fieldset>
  );
}

interface SwitchProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once: nothing has to be saved afterwards. */
export function Switch({ label, hint, checked, onChange, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4 py-1.5">
      <div className="min-w-0">
        <label htmlFor={id} className="text-base text-ink">
          {label}
        </label>
        {hint && (
          <p id={`${id}-h`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        aria-describedby={hint ? `${id}-h` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className="relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-edge bg-sunken px-0.5 transition-colors after:absolute after:-inset-3 aria-checked:border-accent aria-checked:bg-accent disabled:opacity-60"
      >
        <span
          className={cx('size-3.5 rounded-full transition-[margin]', checked ? 'ms-4 bg-on-accent' : 'ms-0 bg-edge')}
        />
      </button>
    </div>
  );
}
