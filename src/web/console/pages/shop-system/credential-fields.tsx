import type { CustomTypeOptions } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Field, Input } from '../../../ui/index.ts';
import { fieldError } from '../../api.ts';
import type { Platform } from './types.ts';

type Words = CustomTypeOptions['resources']['connections'];
type FieldName = keyof Words['field'];
type HintName = keyof Words['fieldHint'];

type Asked = Platform['fields'][number];
export type Credentials = Readonly<Record<string, string>>;

interface CredentialFieldsProps {
  fields: readonly Asked[];
  value: Credentials;
  onChange: (value: Credentials) => void;
  /** Say now what is missing. */
  tried: boolean;
  error: Error | null;
}

/** What a platform asks for, besides its address. */
export function CredentialFields({ fields, value, onChange, tried, error }: CredentialFieldsProps) {
  const { t } = useTranslation('connections');
  return fields.map(({ name, kind, required }) => {
    const typed = value[name] ?? '';
    const missing = tried && required && typed.trim() === '';
    const hint = t(`fieldHint.${name as HintName}`, { defaultValue: '' });
    return (
      <Field
        key={name}
        label={t(`field.${name as FieldName}`, { defaultValue: name })}
        hint={hint || (kind === 'secret' ? t('connect.secretHint') : undefined)}
        optional={!required}
        error={missing ? t('connect.missing') : fieldError(error, `credentials.${name}`)}
      >
        <Input
          type={kind === 'secret' ? 'password' : 'text'}
          autoComplete={kind === 'secret' ? 'new-password' : 'off'}
          spellCheck={false}
          dir="ltr"
          maxLength={4_000}
          value={typed}
          onChange={(event) => onChange({ ...value, [name]: event.target.value })}
        />
      </Field>
    );
  });
}

/** Whether everything that is required has been filled in. */
export function complete(fields: readonly Asked[], value: Credentials): boolean {
  return fields.every(({ name, required }) => !required || (value[name] ?? '').trim() !== '');
}

/** What was filled in, and nothing else. */
export function filledIn(fields: readonly Asked[], value: Credentials): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const typed = (value[name] ?? '').trim();
      return typed === '' ? [] : [[name, typed]];
    }),
  );
}
