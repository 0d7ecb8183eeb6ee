import { useTranslation } from 'react-i18next';
import { Checkbox, Disclosure, Field, Input, Textarea } from '../../../ui/index.ts';
import { fieldError } from '../../api.ts';
import type { MailDraft } from './mail-form.ts';

interface DkimProps {
  draft: MailDraft;
  /** There is a key already. */
  kept: boolean;
  error: Error | null;
  onChange: (change: Partial<MailDraft>) => void;
}

/** Signing messages oneself: few need it, so it is folded away. */
export function Dkim({ draft, kept, error, onChange }: DkimProps) {
  const { t } = useTranslation('settings');
  return (
    <Disclosure label={t('mail.dkim')}>
      <div className="flex flex-col gap-4 pt-3">
        <p className="text-sm text-muted">{t('mail.dkimHint')}</p>
        <Checkbox
          label={t('mail.dkimUse')}
          checked={draft.signs}
          onChange={(event) => onChange({ signs: event.target.checked })}
        />
        {draft.signs && (
          <>
            <Field label={t('mail.dkimDomain')} error={fieldError(error, 'dkim.domain')}>
              <Input
                required
                dir="ltr"
                spellCheck={false}
                value={draft.domain}
                onChange={(event) => onChange({ domain: event.target.value })}
              />
            </Field>
            <Field
              label={t('mail.dkimSelector')}
              hint={t('mail.dkimSelectorHint')}
              error={fieldError(error, 'dkim.selector')}
            >
              <Input
                required
                dir="ltr"
                spellCheck={false}
                value={draft.selector}
                onChange={(event) => onChange({ selector: event.target.value })}
              />
            </Field>
            <Field
              label={t('mail.dkimKey')}
              hint={t(kept ? 'mail.dkimKeyKept' : 'mail.dkimKeyHint')}
              error={fieldError(error, 'dkim.privateKey')}
            >
              <Textarea
                dir="ltr"
                rows={5}
                spellCheck={false}
                autoComplete="off"
                required={!kept}
                className="font-mono text-xs"
                value={draft.privateKey}
                onChange={(event) => onChange({ privateKey: event.target.value })}
              />
            </Field>
          </>
        )}
      </div>
    </Disclosure>
  );
}
