import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line bg-raised text-ink shadow-sm hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-block text-on-block hover:opacity-90',
};

/** How a button looks, for an anchor that leaves the console: a file, a page made for paper. */
export const buttonClass = (look: ButtonLook) =>
  cx(
    'inline-flex control-height shrink-0 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60',
    LOOKS[look],
  );

interface ButtonExtras {
  look?: ButtonLook;
  icon?: IconName;
  /** The shortcut that does the same, as in "a" or "mod+k"; shown in a tooltip. */
  keys?: string;
  /** Under way: stays focusable, says so, and does nothing more. */
  pending?: boolean;
  ref?: Ref<HTMLButtonElement>;
}
export type ButtonProps = ButtonExtras & Omit<ComponentProps<'button'>, 'ref'>;

/** Does something. For going somewhere, see ButtonLink. */
export function Button({
  look = 'secondary',
  icon,
  keys,
  pending,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const button = (
    <button
      type="button"
      {...rest}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClass(look), className)}
    >
      {pending ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
  return keys ? <Tooltip keys={keys}>{button}</Tooltip> : button;
}

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon'> & { icon: IconName; label: string };

/** A button that shows only an icon; its name is read aloud and shown in a tooltip. */
export function IconButton({ icon, label, look = 'quiet', keys, pending, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} {...(keys && { keys })}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-busy={pending || undefined}
        className={cx(buttonClass(look), 'control-square px-0!', className)}
      >
        {pending ? <Spinner /> : <Icon name={icon} />}
      </button>
    </Tooltip>
  );
}

/** Turns while something is under way; says nothing by itself. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" fill="none" aria-hidden="true" className={cx('size-4 shrink-0 animate-spin', className)}>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" opacity="0.3" />
      <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}

type AnchorProps = ComponentProps<'a'> & { children?: ReactNode };

function ButtonAnchor({
  look = 'secondary',
  icon,
  className,
  children,
  ...rest
}: AnchorProps & { look?: ButtonLook; icon?: IconName }) {
  return (
    <a {...rest} className={cx(buttonClass(look), className)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

function TextAnchor({ className, quiet, ...rest }: AnchorProps & { quiet?: boolean }) {
  return (
    <a
      {...rest}
      className={cx(
        'focus-visible:rounded-sm',
        quiet
          ? 'text-ink hover:underline'
          : 'font-medium text-accent underline-offset-2 hover:text-accent-strong hover:underline',
        className,
      )}
    />
  );
}

/** Goes somewhere inside the console, and looks like a button. */
export const ButtonLink = createLink(ButtonAnchor);

/** Goes somewhere inside the console. `quiet` for names in tables. */
export const Link = createLink(TextAnchor);
