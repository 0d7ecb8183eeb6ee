import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

interface OverlayProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it; leave out when `open` is yours. */
  trigger?: ReactElement<Record<string, unknown>>;
  title: ReactNode;
  /** One sentence: what will happen, to whom and until when. */
  description?: ReactNode;
  hideTitle?: boolean;
  children: ReactNode;
  /** Buttons at the end; on phones they fill the width. */
  footer?: ReactNode;
  className?: string;
}

const backdrop =
  'fixed inset-0 z-40 bg-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0';

function Overlay({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  hideTitle,
  children,
  footer,
  popup,
}: OverlayProps & { popup: string }) {
  const { t } = useTranslation('ui');
  return (
    <Base.Root
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange: (next: boolean) => onOpenChange(next) })}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup className={popup}>
          <div className={cx('flex items-start justify-between gap-4 px-5 pt-4', hideTitle && 'sr-only')}>
            <div className="min-w-0">
              <Base.Title className="text-lg font-semibold text-ink">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-base text-muted">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label={t('close')}
              className="-me-2 inline-flex control-square shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <Icon name="close" />
            </Base.Close>
          </div>
          {children}
          {footer && (
            <div className="sticky bottom-0 mt-auto flex flex-wrap justify-end gap-2 border-t border-line bg-raised px-5 py-3 max-md:*:flex-1">
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Asks or shows one thing in the middle of the window; Esc and a press outside close it. */
export function Dialog({ className, ...props }: OverlayProps) {
  return (
    <Overlay
      {...props}
      popup={cx(
        'fixed inset-x-4 top-[12vh] z-50 mx-auto flex max-h-[80vh] max-w-lg flex-col overflow-y-auto rounded-lg bg-raised shadow-lg transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 max-md:top-4 max-md:max-h-[calc(100dvh-2rem)]',
        className,
      )}
    />
  );
}

/** Slides in from the end on a wide window, from below on a phone. */
export function Sheet({ className, ...props }: OverlayProps) {
  return (
    <Overlay
      {...props}
      popup={cx(
        'fixed inset-y-0 end-0 z-50 flex w-full max-w-md flex-col overflow-y-auto bg-raised shadow-lg transition-[opacity,translate]',
        'data-ending-style:opacity-0 data-starting-style:opacity-0 md:data-starting-style:translate-x-4 md:rtl:data-starting-style:-translate-x-4',
        'max-md:inset-x-0 max-md:top-auto max-md:max-w-none max-md:max-h-[85dvh] max-md:rounded-t-lg max-md:pb-[env(safe-area-inset-bottom)] max-md:data-starting-style:translate-y-4',
        className,
      )}
    />
  );
}

/** The padded middle of a Dialog or Sheet. */
export function OverlayBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cx('flex flex-col gap-4 px-5 py-4', className)}>{children}</div>;
}

/** Closes the dialog or sheet it stands in. */
export function OverlayClose({ children }: { children: ReactElement<Record<string, unknown>> }) {
  return <Base.Close render={children} />;
}
