import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, CopyableId, Field, Input, Note, RadioGroup, Section, Switch } from '../../../ui/index.ts';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { CheckResult } from './check-result.tsx';
import { ConnectAgain } from './connect-again.tsx';
import { Disconnect } from './disconnect.tsx';
import { usePlatformNames } from './names.ts';
import { Test } from './needs.tsx';
import { NewSecret } from './new-secret.tsx';
import type { Connection, Made, PlatformName } from './types.ts';
import { secretOf } from './ways.ts';

interface ConnectionSettingsProps {
  connection: Connection;
  onMade: (made: Made, platform: PlatformName) => void;
}

/** What to do with what comes in, and the connection itself. */
export function ConnectionSettings({ connection, onMade }: ConnectionSettingsProps) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const names = usePlatformNames(connection.platform);
  const owns = shop.may('PATCH /api/shops/:shop/connections/:id');
  return (
    <div className="flex max-w-3xl flex-col gap-10">
      <Section title={t('settings.title', names)}>
        {!owns && <Note>{t('settings.mayNot')}</Note>}
        <SettingsForm connection={connection} owns={owns} />
      </Section>
      <Section title={t('settings.test')} hint={t('settings.testHint', names)}>
        {connection.check !== null && <CheckResult check={connection.check} abilities={connection.abilities} />}
        <Test connection={connection} quiet />
      </Section>
      <Section title={t('settings.webhooks')} hint={t('settings.webhooksHint', names)}>
        <div className="flex min-w-0">
          <CopyableId value={connection.hookUrl} label={t('made.hookUrl')} />
        </div>
        {secretOf[connection.platform] === 'theirs' ? (
          <p className="text-sm text-muted">{t('settings.theirs', names)}</p>
        ) : (
          owns && <NewSecret connection={connection} />
        )}
      </Section>
      {owns && (
        <>
          <ConnectAgain connection={connection} onMade={onMade} />
          <Disconnect connection={connection} />
        </>
      )}
    </div>
  );
}

const MOST_HOURS = 336;

function SettingsForm({ connection, owns }: { connection: Connection; owns: boolean }) {
  const { t } = useTranslation(['connections', 'common']);
  const shop = useShop();
  const names = usePlatformNames(connection.platform);
  const [draft, setDraft] = useState(connection.settings);
  const [hours, setHours] = useState(String(draft.holdHours));
  const hoursWrong = !/^\d{1,3}$/.test(hours) || Number(hours) < 1 || Number(hours) > MOST_HOURS;
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const save = useAction('PATCH /api/shops/:shop/connections/:id', {
    touches: ['GET /api/shops/:shop/connections/:id'],
    says: () => t('settings.saved'),
  });
  const howOf = (name: string) => connection.abilities.find((each) => each.name === name)?.how ?? 'no';
  const can = (name: string) => !['no', 'by_hand'].includes(howOf(name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hoursWrong) return;
    const settings = { ...draft, holdHours: Number(hours) };
    save.mutate({ params: { shop: shop.slug, id: connection.id }, body: { settings } });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <div>
        <RadioGroup
          label={t('settings.afterOrder')}
          value={draft.afterOrder}
          onChange={(afterOrder) => set({ afterOrder })}
          options={[
            { value: 'nothing', label: t('settings.nothing'), hint: t('settings.nothingHint'), disabled: !owns },
            {
              value: 'hold',
              label: t('settings.hold'),
              hint: t(can('hold_order') ? 'settings.holdHint' : 'settings.cannotHold'),
              disabled: !owns || !can('hold_order'),
            },
            {
              value: 'cancel',
              label: t('settings.cancel'),
              hint: t(can('cancel_order') ? 'settings.cancelHint' : 'settings.cannotCancel'),
              disabled: !owns || !can('cancel_order'),
            },
          ]}
        />
        <p className="text-sm text-muted">{t('settings.afterOrderHint')}</p>
      </div>
      <Field
        label={t('settings.holdHours')}
        hint={t('settings.holdHoursHint')}
        error={hoursWrong ? t('settings.holdHoursWrong') : undefined}
      >
        <div className="w-24">
          <Input
            inputMode="numeric"
            dir="ltr"
            disabled={!owns}
            value={hours}
            onChange={(event) => setHours(event.target.value.trim())}
          />
        </div>
      </Field>
      <div className="flex flex-col gap-2">
        <Switch
          label={t('settings.marks')}
          hint={can('customer_marks') ? t('settings.marksHint', names) : t('settings.cannotMark')}
          checked={draft.marks && can('customer_marks')}
          onChange={(marks) => set({ marks })}
          disabled={!owns || !can('customer_marks')}
        />
        <Switch
          label={t('settings.declineReturns')}
          hint={t(can('decline_return') ? 'settings.declineReturnsHint' : 'settings.cannotDecline')}
          checked={draft.declineReturns && can('decline_return')}
          onChange={(declineReturns) => set({ declineReturns })}
          disabled={!owns || !can('decline_return')}
        />
      </div>
      {owns && (
        <div>
          <Button type="submit" look="primary" pending={save.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </form>
  );
}
