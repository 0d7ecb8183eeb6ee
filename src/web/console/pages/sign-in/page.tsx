import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Field, Input, Note } from '../../../ui/index.ts';
import { ApiError, fieldError } from '../../api.ts';
import { useAction } from '../../query.ts';
import { beginSession } from '../../session.tsx';
import { Doorstep } from '../welcome/doorstep.tsx';

/** Only addresses inside the console: a link must not lead elsewhere after signing in. */
function within(to: unknown): string {
  return typeof to === 'string' && /^\/shops\/(?!\/)/.test(to) ? to : '/';
}

/** Who are you? */
export default function SignInPage() {
  const { t } = useTranslation('welcome');
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const signIn = useAction('POST /api/session', { quietErrors: true });

  useEffect(() => {
    document.title = `${t('signIn.title')} · Evenhand`;
    first.current?.focus();
  }, [t]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { body: { email, password } },
      {
        onSuccess: (session) => {
          beginSession(session);
          void navigate({ href: within(search.to), replace: true });
        },
      },
    );
  };
  const said = (error: Error) => {
    if (!(error instanceof ApiError)) return error.message;
    if (error.status === 401) return t('signIn.wrong');
    if (error.status === 429) return t('signIn.tooOften');
    return error.message;
  };

  return (
    <Doorstep title={t('signIn.title')} answer={t('signIn.answer')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {signIn.error && (
          <div role="alert">
            <Note meaning="block">{said(signIn.error)}</Note>
          </div>
        )}
        <Field label={t('signIn.email')} error={fieldError(signIn.error, 'email')}>
          <Input
            ref={first}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t('signIn.password')} error={fieldError(signIn.error, 'password')}>
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" pending={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
        <p className="text-sm text-muted">{t('signIn.forgotten')}</p>
      </form>
    </Doorstep>
  );
}
