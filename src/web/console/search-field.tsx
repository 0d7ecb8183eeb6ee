import { useEffect, useMemo, useRef, useState } from 'react';
import { Input } from '../ui/index.ts';
import { type Shortcut, useShortcuts } from './shortcuts.ts';

const WAIT_MS = 250;

interface SearchFieldProps {
  label: string;
  hint: string;
  /** Under what the shortcut is listed. */
  group: string;
  maxLength: number;
  value: string;
  onChange: (value: string) => void;
}

/** Looks for something while one types, a moment after the last letter; `/` leads here. */
export function SearchField({ label, hint, group, maxLength, value, onChange }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // It changed from elsewhere (back, a filter cleared), not by what was typed here.
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const trimmed = text.trim();
    if (trimmed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = trimmed;
      onChange(trimmed);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [{ keys: '/', label, group, run: () => field.current?.focus() }],
    [label, group],
  );
  useShortcuts(shortcuts);
  return (
    <div className="w-72 max-md:w-full">
      <Input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        title={hint}
        aria-keyshortcuts="/"
        maxLength={maxLength}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}
