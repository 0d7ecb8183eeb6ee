import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/index.ts';

interface CustomerTextProps {
  text: string;
  /** The language it is written in. */
  language: string;
}

/** A text to a customer, as they would read it. */
export function CustomerText({ text, language }: CustomerTextProps) {
  return (
    <p lang={language} dir="auto" className="text-base whitespace-pre-line text-ink">
      {text}
    </p>
  );
}

/** Copies a text to a customer, and says so; where the browser does not allow it, says what to do instead. */
export function CopyText({ text }: { text: string }) {
  const { t } = useTranslation('events');
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('failed');
    }
  };
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button icon={said === 'copied' ? 'check' : 'copy'} onClick={() => void copy()}>
        {t('customerText.copy')}
      </Button>
      <span role="status" className="text-sm text-muted">
        {said && t(`customerText.${said}`)}
      </span>
    </span>
  );
}
