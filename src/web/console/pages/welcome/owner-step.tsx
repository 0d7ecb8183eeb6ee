import { type FormEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Field, Input } from '../../../ui/index.ts';
import { fieldError } from '../../api.ts';

/** As the contract asks of every new password. */
export const PASSWORD_MIN = 12;

export interface Owner {
  name: string;
  email: string;
  password: string;
}

interface OwnerStepProps {
  value: Owner;
  onChange: (value: Owner) => void;
  error: Error | null;
  onNext: () => void;
}

export function OwnerStep({ value, onChange, error, onNext }: OwnerStepProps) {
  const { t } = useTranslation('welcome');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const missing = PASSWORD_MIN - value.password.length;
  const next = (event: FormEvent) => {
    event.preventDefault();
    onNext();
  };
  return (
    <form onSubmit={next} className="flex flex-col gap-4">
      <Field label={t('owner.name')} error={fieldError(error, 'owner.name')}>
        <Input
          ref={first}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </Field>
      <Field label={t('owner.email')} hint={t('owner.emailHint')} error={fieldError(error, 'owner.email')}>
        <Input
          type="email"
          name="email"
          autoComplete="username"
          required
          maxLength={254}
          value={value.email}
          onChange={(event) => onChange({ ...value, email: event.target.value })}
        />
      </Field>
      <Field
        label={t('owner.password')}
        hint={
          value.password !== '' && missing > 0 ? t('owner.passwordShort', { count: missing }) : t('owner.passwordHint')
        }
        error={fieldError(error, 'owner.password')}
      >
        <Input
          type="password"
          name="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_MIN}
          maxLength={200}
          value={value.password}
          onChange={(event) => onChange({ ...value, password: event.target.value })}
        />
      </Field>
      <Button type="submit" look="primary">
        {t('next')}
      </Button>
    </form>
  );
}
