import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, ErrorState, Field, Input, Note, RadioGroup, Section, Skeleton } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { Dkim } from './dkim.tsx';
import { bodyOf, draftOf, type MailDraft, type MailSettings, withSecurity } from './mail-form.ts';

/** How notices go out. */
export function Mail() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const params = { shop: shop.slug };
  const may = shop.may('GET /api/shops/:shop/mail');
  const mail = useApi('GET /api/shops/:shop/mail', { params }, { enabled: may });
  const settings = useApi('GET /api/shops/:shop/settings', { params });
  const error = mail.error ?? settings.error;
  return (
    <Section title={t('mail.title')} hint={t('mail.hint')}>
      {!may ? (
        <Note>{t('mail.mayNot')}</Note>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([mail.refetch(), settings.refetch()])} />
      ) : mail.data && settings.data ? (
        <>
          <Form key={String(mail.data.configured)} mail={mail.data} settings={settings.data} />
          {(mail.data.configured || mail.data.installation) && <Test />}
          {mail.data.configured && <Forget />}
        </>
      ) : (
        <Skeleton className="h-120 w-full" />
      )}
    </Section>
  );
}

const TOUCHED = ['GET /api/shops/:shop/mail', 'GET /api/shops/:shop/outbox'] as const;

function Form({ mail, settings }: { mail: MailSettings; settings: ResponseOf<'GET /api/shops/:shop/settings'> }) {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const [draft, setDraft] = useState<MailDraft>(() => draftOf(mail, settings));
  const set = (change: Partial<MailDraft>) => setDraft({ ...draft, ...change });
  const save = useAction('PUT /api/shops/:shop/mail', {
    touches: TOUCHED,
    says: () => t('mail.saved'),
    quietErrors: true,
  });
  const port = Number(draft.port);
  const portWrong = !Number.isInteger(port) || port < 1 || port > 65_535;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (portWrong) return;
    save.mutate(
      { params: { shop: shop.slug }, body: bodyOf(draft) },
      { onSuccess: () => set({ password: '', privateKey: '' }) },
    );
  };
  const elsewhere = otherError(save.error);
  return (
    <form onSubmit={submit} className="flex max-w-lg flex-col gap-5">
      {!mail.configured && <Note>{t(mail.installation ? 'mail.installation' : 'mail.none')}</Note>}
      {elsewhere && (
        <div role="alert">
          <Note meaning="block">{elsewhere.message}</Note>
        </div>
      )}
      <Field label={t('mail.host')} hint={t('mail.hostHint')} error={fieldError(save.error, 'host')}>
        <Input
          required
          dir="ltr"
          maxLength={253}
          spellCheck={false}
          autoComplete="off"
          value={draft.host}
          onChange={(event) => set({ host: event.target.value })}
        />
      </Field>
      <RadioGroup
        label={t('mail.security')}
        value={draft.security}
        onChange={(security) => setDraft(withSecurity(draft, security))}
        options={[
          { value: 'starttls', label: t('mail.starttls'), hint: t('mail.starttlsHint') },
          { value: 'implicit', label: t('mail.implicit'), hint: t('mail.implicitHint') },
          { value: 'none', label: t('mail.plain'), hint: t('mail.plainHint') },
        ]}
      />
      <Field
        label={t('mail.port')}
        error={portWrong ? t('mail.portWrong') : fieldError(save.error, 'port')}
        className="w-32"
      >
        <Input
          required
          inputMode="numeric"
          value={draft.port}
          onChange={(event) => set({ port: event.target.value.trim() })}
        />
      </Field>
      <Field label={t('mail.user')} hint={t('mail.userHint')} optional error={fieldError(save.error, 'user')}>
        <Input
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          value={draft.user}
          onChange={(event) => set({ user: event.target.value })}
        />
      </Field>
      {draft.user.trim() !== '' && (
        <Field
          label={t('mail.password')}
          hint={t(mail.hasPassword ? 'mail.passwordKept' : 'mail.passwordHint')}
          error={fieldError(save.error, 'password')}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={draft.password}
            onChange={(event) => set({ password: event.target.value })}
          />
        </Field>
      )}
      <Field label={t('mail.from')} hint={t('mail.fromHint')} error={fieldError(save.error, 'from')}>
        <Input
          required
          type="email"
          dir="ltr"
          value={draft.from}
          onChange={(event) => set({ from: event.target.value })}
        />
      </Field>
      <Field
        label={t('mail.fromName')}
        hint={t('mail.fromNameHint')}
        optional
        error={fieldError(save.error, 'fromName')}
      >
        <Input maxLength={120} value={draft.fromName} onChange={(event) => set({ fromName: event.target.value })} />
      </Field>
      <Dkim draft={draft} kept={mail.dkim !== null} error={save.error} onChange={set} />
      <div>
        <Button type="submit" look="primary" pending={save.isPending}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}

/** Sends a message to oneself by what is saved, and shows what the server said. */
function Test() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const test = useAction('POST /api/shops/:shop/mail/test', { quietErrors: true });
  return (
    <div className="mt-3 flex max-w-lg flex-col gap-2 border-t border-line pt-5">
      <p className="text-sm text-muted">{t('mail.testSaveFirst')}</p>
      <div>
        <Button icon="mail" pending={test.isPending} onClick={() => test.mutate({ params: { shop: shop.slug } })}>
          {t(test.isPending ? 'mail.testing' : 'mail.test')}
        </Button>
      </div>
      <div role="status">
        {test.error && <Note meaning="block">{test.error.message}</Note>}
        {test.data && (
          <Note meaning={test.data.ok ? 'good' : 'block'}>
            <p className="font-medium">{t(test.data.ok ? 'mail.testOk' : 'mail.testNo')}</p>
            {test.data.message !== '' && <p className="text-sm wrap-anywhere">{test.data.message}</p>}
          </Note>
        )}
      </div>
    </div>
  );
}

function Forget() {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const [asking, setAsking] = useState(false);
  const forget = useAction('DELETE /api/shops/:shop/mail', { touches: TOUCHED, says: () => t('mail.forgotten') });
  return (
    <div>
      <Button look="quiet" icon="trash" onClick={() => setAsking(true)}>
        {t('mail.forget')}
      </Button>
      {asking && (
        <FormDialog
          onClose={() => setAsking(false)}
          title={t('mail.forgetTitle')}
          description={t('mail.forgetAnswer')}
          cancel={t('common:cancel')}
          submit={t('mail.forget')}
          look="danger"
          pending={forget.isPending}
          onSubmit={() => forget.mutate({ params: { shop: shop.slug } }, { onSuccess: () => setAsking(false) })}
        >
          {null}
        </FormDialog>
      )}
    </div>
  );
}
