import { useTranslation } from 'react-i18next';
import { ErrorState, Note, Section, Skeleton, Switch } from '../../../ui/index.ts';
import { useSettings } from './use-settings.ts';

/** How appeals are heard here. Switches take effect at once. */
export function Appeals() {
  const { t } = useTranslation('settings');
  const { args, settings, may, save } = useSettings();
  if (settings.error) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  if (!settings.data) return <Skeleton className="h-60 w-full" />;
  const { suspendWhileOverdue, secondApprovalForBlocks } = settings.data;
  return (
    <Section title={t('appeals.title')} hint={t('appeals.hint')}>
      {!may && <Note>{t('mayNot')}</Note>}
      <div className="flex max-w-lg flex-col gap-4">
        <Switch
          label={t('appeals.suspend')}
          hint={t('appeals.suspendHint')}
          checked={suspendWhileOverdue}
          onChange={(next) => save.mutate({ ...args, body: { suspendWhileOverdue: next } })}
          disabled={!may}
        />
        <Switch
          label={t('appeals.second')}
          hint={t(secondApprovalForBlocks ? 'appeals.secondOn' : 'appeals.secondOff')}
          checked={secondApprovalForBlocks}
          onChange={(next) => save.mutate({ ...args, body: { secondApprovalForBlocks: next } })}
          disabled={!may}
        />
        <div>
          <p className="text-base text-ink">{t('appeals.alone')}</p>
          <p className="text-sm text-muted">{t('appeals.aloneHint')}</p>
        </div>
      </div>
    </Section>
  );
}
