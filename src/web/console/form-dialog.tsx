import { type ReactNode, useId } from 'react';
import { Button, Dialog, Note, OverlayBody, OverlayClose } from '../ui/index.ts';

interface FormDialogProps {
  open?: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One sentence: what will happen, to whom and until when. */
  description: ReactNode;
  cancel: string;
  submit: string;
  look?: 'primary' | 'danger';
  pending?: boolean;
  disabled?: boolean;
  /** What went wrong that no field can say. */
  error?: string | undefined;
  /** The fields say in words of their own what is wrong, not in the browser's. */
  noValidate?: boolean;
  onSubmit: () => void;
  children: ReactNode;
}

/** A form that is filled in and sent, or left, in a dialog. Ctrl/⌘ Enter sends it from a text area. */
export function FormDialog({
  open = true,
  onClose,
  title,
  description,
  cancel,
  submit,
  look = 'primary',
  pending = false,
  disabled = false,
  error,
  noValidate = false,
  onSubmit,
  children,
}: FormDialogProps) {
  const form = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <OverlayClose>
            <Button>{cancel}</Button>
          </OverlayClose>
          <Button type="submit" form={form} look={look} pending={pending} disabled={disabled}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate={noValidate}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
        onKeyDown={(event) => {
          // Elsewhere Enter sends a form; in a text area it begins a line.
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          if (!(event.target instanceof HTMLTextAreaElement)) return;
          event.preventDefault();
          if (!pending && !disabled) event.currentTarget.requestSubmit();
        }}
      >
        <OverlayBody>
          {error !== undefined && (
            <div role="alert">
              <Note meaning="block">{error}</Note>
            </div>
          )}
          {children}
        </OverlayBody>
      </form>
    </Dialog>
  );
}
