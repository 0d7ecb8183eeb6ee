import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Input } from '../../../ui/index.ts';
import { type Shortcut, useShortcuts } from '../../shortcuts.ts';

/** Looks for an exact value, a moment after the last letter; `/` leads here. */
export function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('lists');
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // It changed from elsewhere (back, filters cleared), not by what was typed here.
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
    }, 300);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [{ keys: '/', label: t('search'), group: t('group'), run: () => field.current?.focus() }],
    [t],
  );
  useShortcuts(shortcuts);
  return (
    <div className="w-72 max-md:w-full">
      <Input
        ref={field}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        title={t('searchHint')}
        aria-keyshortcuts="/"
        maxLength={400}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}
