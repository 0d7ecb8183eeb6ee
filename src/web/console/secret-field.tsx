import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, IconButton, Input } from '../ui/index.ts';

interface SecretFieldProps {
  label: string;
  /** Where it is to be pasted. */
  hint?: string;
  value: string;
}

/** Something to be copied from here and pasted elsewhere. */
export function SecretField({ label, hint, value }: SecretFieldProps) {
  const { t } = useTranslation('ui');
  const [copied, setCopied] = useState(false);
  return (
    <Field label={label} hint={hint}>
      <div className="flex gap-2">
        <Input
          readOnly
          dir="ltr"
          value={value}
          onFocus={(event) => event.target.select()}
          className="font-mono text-sm"
        />
        <IconButton
          look="secondary"
          icon={copied ? 'check' : 'copy'}
          label={copied ? t('copied') : t('copyThe', { label, value: '' })}
          onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
        />
      </div>
    </Field>
  );
}
