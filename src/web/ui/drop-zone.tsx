import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

interface DropZoneProps {
  /** "Drop a file here, or choose one" */
  label: ReactNode;
  hint?: ReactNode;
  /** As an input's accept: ".csv,.gz" */
  accept?: string;
  disabled?: boolean;
  onFile: (file: File) => void;
}

/** Takes one file: dropped, or chosen by press or keyboard (it is a file input all along). */
export function DropZone({ label, hint, accept, disabled, onFile }: DropZoneProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !disabled) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex min-h-36 flex-col items-center justify-center gap-1 rounded-lg border border-dashed px-6 py-8 text-center transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
        over ? 'border-accent bg-accent-soft' : 'border-edge bg-surface hover:bg-hover',
        disabled && 'opacity-60',
      )}
    >
      <Icon name="upload" className="mb-1 size-5 text-muted" />
      <span className="text-base font-medium text-ink">{label}</span>
      {hint && <span className="text-sm text-muted">{hint}</span>}
      <input
        ref={input}
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
    </label>
  );
}
