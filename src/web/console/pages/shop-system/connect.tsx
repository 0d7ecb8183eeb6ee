import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  ErrorState,
  Field,
  Input,
  Link,
  Loading,
  Note,
  Page,
  PageHeader,
  RadioGroup,
  Section,
  Skeleton,
} from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { Abilities } from './abilities.tsx';
import { CheckResult } from './check-result.tsx';
import { CredentialFields, type Credentials, complete, filledIn } from './credential-fields.tsx';
import { usePlatformNames } from './names.ts';
import { Steps } from './steps.tsx';
import type { Made, Platform, PlatformName } from './types.ts';
import { type Way, waysInto } from './ways.ts';

interface ConnectProps {
  platform: PlatformName;
  onMade: (made: Made, platform: PlatformName) => void;
}

/** One platform, before relying on it: the steps, what it can and cannot do, and the form. */
export function Connect({ platform, onMade }: ConnectProps) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const names = usePlatformNames(platform);
  const platforms = useApi('GET /api/platforms', {});
  const known = platforms.data?.items.find((each) => each.name === platform);
  const may = shop.may('POST /api/shops/:shop/connections');
  return (
    <Page>
      <PageHeader
        crumb={
          <Link to="/shops/$shop/shop-system" params={{ shop: shop.slug }}>
            {t('connect.back')}
          </Link>
        }
        title={t('connect.title', names)}
        answer={t('connect.answer')}
      />
      {platforms.error ? (
        <ErrorState error={platforms.error} onRetry={() => void platforms.refetch()} />
      ) : (
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
          <Section title={t('connect.steps')}>
            <Steps platform={platform} />
          </Section>
          <Section
            title={t('abilities.title')}
            hint={t('abilities.hint')}
            className="lg:col-start-2 lg:row-span-2 lg:row-start-1"
          >
            {known ? (
              <Abilities platform={platform} abilities={known.abilities} />
            ) : (
              <Loading label={t('loading')}>
                <Skeleton className="h-120 w-full" />
              </Loading>
            )}
          </Section>
          <Section title={t('connect.form')}>
            {!may ? (
              <Note>{t('choose.mayNot')}</Note>
            ) : known ? (
              <ConnectForm platform={known} onMade={(made) => onMade(made, platform)} />
            ) : (
              <Skeleton className="h-64 w-full" />
            )}
          </Section>
        </div>
      )}
    </Page>
  );
}

function ConnectForm({ platform, onMade }: { platform: Platform; onMade: (made: Made) => void }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const names = usePlatformNames(platform.name);
  const [address, setAddress] = useState('');
  const [credentials, setCredentials] = useState<Credentials>({});
  const [tried, setTried] = useState(false);
  const check = useAction('POST /api/shops/:shop/connections/check', { quietErrors: true });
  // What it touches is asked again by who shows what was made: asked here, this form would be gone before it could hand that on.
  const make = useAction('POST /api/shops/:shop/connections', { quietErrors: true });
  const ways = waysInto(platform);
  const [chosen, setChosen] = useState<Way['name'] | null>(null);
  const way = ways.find((each) => each.name === chosen) ?? ways[0];
  const fields = way?.fields ?? [];
  const ready = address.trim() !== '' && complete(fields, credentials);
  const args = {
    params: { shop: shop.slug },
    body: {
      platform: platform.name,
      address: address.trim(),
      credentials: { ...filledIn(fields, credentials), ...way?.extra },
    },
  };
  const test = () => {
    setTried(true);
    make.reset();
    if (ready) check.mutate(args);
  };
  const submit = () => {
    setTried(true);
    if (ready) make.mutate(args, { onSuccess: onMade });
  };
  const error = make.error ?? check.error;
  const elsewhere = otherError(error);
  // With sign-in there is nothing to test before one has been there.
  const signsIn = way?.name === 'signIn';
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label={t('connect.address')}
        hint={t(`connect.addressHint.${platform.name}`)}
        error={tried && address.trim() === '' ? t('connect.missing') : fieldError(error, 'address')}
      >
        <Input
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </Field>
      {ways.length > 1 && way && (
        <RadioGroup
          label={t('way.label')}
          value={way.name}
          onChange={setChosen}
          options={ways.flatMap((each) =>
            each.name === 'plain'
              ? []
              : [{ value: each.name, label: t(`way.${each.name}`, names), hint: t(`way.${each.name}Hint`) }],
          )}
        />
      )}
      <CredentialFields fields={fields} value={credentials} onChange={setCredentials} tried={tried} error={error} />
      <div role="status" className="empty:hidden">
        {elsewhere && <Note meaning="block">{elsewhere.message}</Note>}
        {!elsewhere && check.data && <CheckResult check={check.data} abilities={platform.abilities} />}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" pending={make.isPending}>
          {t(signsIn ? 'connect.signIn' : 'connect.submit', names)}
        </Button>
        {!signsIn && (
          <Button pending={check.isPending} onClick={test}>
            {t(check.isPending ? 'connect.testing' : 'connect.test')}
          </Button>
        )}
      </div>
    </form>
  );
}
