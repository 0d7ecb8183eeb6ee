import { useTranslation } from 'react-i18next';
import { Button, buttonClass, Card, Page, PageHeader } from '../../../ui/index.ts';
import { SecretField } from '../../secret-field.tsx';
import { CheckResult } from './check-result.tsx';
import { usePlatformNames } from './names.ts';
import type { Made, PlatformName } from './types.ts';

interface JustMadeProps {
  made: Made;
  platform: PlatformName;
  onDone: () => void;
}

/** Right after connecting: what is to be pasted over there, shown this one time; or the way to sign in. */
export function JustMade({ made, platform, onDone }: JustMadeProps) {
  const { t } = useTranslation('connections');
  const names = usePlatformNames(platform);
  if (made.signInAt !== null) {
    return (
      <Page width="form">
        <PageHeader title={t('made.signInTitle', names)} answer={t('made.signInAnswer', names)} />
        <div>
          <a href={made.signInAt} className={buttonClass('primary')}>
            {t('made.signIn', names)}
          </a>
        </div>
      </Page>
    );
  }
  const secrets = [
    { name: 'hookUrl', value: made.hookSecret === null ? null : made.hookUrl },
    { name: 'hookSecret', value: made.hookSecret },
    { name: 'apiKey', value: made.apiKey },
  ] as const;
  const toPaste = secrets.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  const none = toPaste.length === 0;
  return (
    <Page width="form">
      <PageHeader
        title={t(none ? 'made.titleNone' : 'made.title')}
        answer={t(none ? 'made.answerNone' : 'made.answer', names)}
      />
      {!none && (
        <Card className="flex flex-col gap-4 px-4 py-4">
          <p className="text-base text-ink">{t(`made.where.${platform}`)}</p>
          {toPaste.map(({ name, value }) => (
            <SecretField key={name} label={t(`made.${name}`)} value={value} />
          ))}
        </Card>
      )}
      {made.check !== null && <CheckResult check={made.check} abilities={[]} />}
      <div>
        <Button look="primary" onClick={onDone}>
          {t(none ? 'made.goOn' : 'made.done')}
        </Button>
      </div>
    </Page>
  );
}
