import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Field, Input, Note, Section, toast } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { useAction } from '../../query.ts';
import { PASSWORD_MIN } from '../welcome/owner-step.tsx';

export function MyPassword() {
  const { t } = useTranslation('settings');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useAction('POST /api/session/password', { quietErrors: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { body: { current, next } },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          toast({ title: t('me.saved') });
        },
      },
    );
  };
  const elsewhere = otherError(change.error);
  return (
    <Section title={t('me.title')}>
      <form onSubmit={submit} className="flex max-w-sm flex-col gap-4">
        {elsewhere && (
          <div role="alert">
            <Note meaning="block">{elsewhere.message}</Note>
          </div>
        )}
        <Field label={t('me.current')} error={fieldError(change.error, 'current')}>
          <Input
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field label={t('me.next')} hint={t('me.nextHint')} error={fieldError(change.error, 'next')}>
          <Input
            type="password"
            autoComplete="new-password"
            required
            minLength={PASSWORD_MIN}
            maxLength={200}
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        <div>
          <Button type="submit" look="primary" pending={change.isPending}>
            {t('me.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
