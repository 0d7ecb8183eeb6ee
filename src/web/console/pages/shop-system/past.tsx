import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Card, Field, Input, Section, useFormats, useNow } from '../../../ui/index.ts';
import { startOfDay } from '../../conduct/day.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { usePlatformNames } from './names.ts';
import { Run } from './run.tsx';
import type { Connection } from './types.ts';

const SHOWN = 4;

/** Fetching what happened before the connection. */
export function Past({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const [asking, setAsking] = useState(false);
  const history = connection.runs.filter((run) => run.kind === 'history');
  const nights = connection.runs.filter((run) => run.kind === 'reconcile' && run.state !== 'done');
  const ability = connection.abilities.find((each) => each.name === 'history');
  const noWay = ability?.how === 'no' || ability?.how === 'by_hand';
  const running = history.some((run) => run.state === 'running');
  const may = shop.may('POST /api/shops/:shop/connections/:id/history');
  const canBegin = may && !running && !noWay && connection.state === 'active';
  const none = history.length === 0;
  return (
    <Section
      title={t('past.title')}
      hint={t('past.hint')}
      actions={canBegin && !none && <Button onClick={() => setAsking(true)}>{t('past.again')}</Button>}
    >
      {none && (
        <Card className="flex flex-col items-start gap-3 px-4 py-4">
          <div>
            <p className="text-base font-medium text-ink">{t('past.none')}</p>
            <p className="text-base text-muted">{noWay ? t('past.noWay') : t('past.noneHint')}</p>
          </div>
          {canBegin && (
            <Button look="primary" icon="download" onClick={() => setAsking(true)}>
              {t('past.begin')}
            </Button>
          )}
        </Card>
      )}
      {[...nights.slice(0, 1), ...history.slice(0, SHOWN)].map((run) => (
        <Run key={run.id} connection={connection} run={run} />
      ))}
      {asking && <Begin connection={connection} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function Begin({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation(['connections', 'common']);
  const shop = useShop();
  const formats = useFormats();
  const now = useNow();
  const names = usePlatformNames(connection.platform);
  const [day, setDay] = useState('');
  const since = startOfDay(day, formats.timeZone);
  const begin = useAction('POST /api/shops/:shop/connections/:id/history', {
    touches: ['GET /api/shops/:shop/connections/:id', 'GET /api/shops/:shop/connections'],
    says: () => t('past.began'),
    quietErrors: true,
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('past.beginTitle', names)}
      description={t('past.beginAnswer', names)}
      cancel={t('common:cancel')}
      submit={t('past.begin')}
      pending={begin.isPending}
      error={begin.error?.message}
      onSubmit={() =>
        begin.mutate(
          {
            params: { shop: shop.slug, id: connection.id },
            body: since === null ? {} : { since },
          },
          { onSuccess: onClose },
        )
      }
    >
      <Field label={t('past.since')} hint={t('past.sinceHint')} optional>
        <Input
          type="date"
          max={formats.dayKey(new Date(now).toISOString())}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
