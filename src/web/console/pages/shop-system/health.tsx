import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Card, RelativeTime, Section, useAgo, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { usePlatformNames } from './names.ts';
import type { Connection } from './types.ts';

/** When it was last heard, how late, what did not work, and what the night found. */
export function Health({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const names = usePlatformNames(connection.platform);
  const { health, marks, guestList } = connection;
  const history = connection.abilities.find((each) => each.name === 'history')?.how;
  // What cannot be fetched cannot be compared either.
  const comparable = history !== 'no' && history !== 'by_hand';
  const took = (ms: number | null) => (ms === null ? t('health.unknown') : formats.duration(ms));
  return (
    <Section title={t('health.title')} hint={t('health.hint')}>
      <Card>
        <dl>
          <Fact name={t('health.last')}>
            {health.lastReceivedAt === null ? t('health.never') : <RelativeTime at={health.lastReceivedAt} />}
          </Fact>
          <Fact name={t('health.received')}>{formats.count(health.received24h)}</Fact>
          <Fact name={t('health.heard', names)}>{took(health.heardAfterMs)}</Fact>
          <Fact name={t('health.read')}>{took(health.readAfterMs)}</Fact>
          {health.waiting > 0 && <Fact name={t('health.waiting')}>{formats.count(health.waiting)}</Fact>}
          {health.refused > 0 && <Fact name={t('health.refused')}>{formats.count(health.refused)}</Fact>}
          {comparable && (
            <Fact name={t('health.night')}>
              <Night connection={connection} />
            </Fact>
          )}
          <Fact name={t('health.told')}>
            <span>{formats.count(marks.told)}</span>
            {marks.waiting > 0 && (
              <span className="block text-sm text-muted">{t('health.toldWaiting', { count: marks.waiting })}</span>
            )}
          </Fact>
          {guestList !== null && guestList.listed > 0 && (
            <Fact name={t('health.guests')}>
              {guestList.fitted >= guestList.listed
                ? t('health.guestsAll', { count: guestList.listed })
                : t('health.guestsSome', {
                    fitted: formats.count(guestList.fitted),
                    listed: formats.count(guestList.listed),
                  })}
            </Fact>
          )}
        </dl>
      </Card>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 border-b border-line px-4 py-2 last:border-0">
      <dt className="text-base text-muted">{name}</dt>
      <dd className="tabular text-base text-ink">{children}</dd>
    </div>
  );
}

function Night({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const ago = useAgo();
  const { missedLastNight: missed, reconciledTo } = connection.health;
  const compare = useAction('POST /api/shops/:shop/connections/:id/reconcile', {
    touches: ['GET /api/shops/:shop/connections/:id'],
    says: () => t('health.compared'),
  });
  const running = connection.runs.some((run) => run.kind === 'reconcile' && run.state === 'running');
  const may = shop.may('POST /api/shops/:shop/connections/:id/reconcile');
  return (
    <>
      <span className="block">
        {missed === null
          ? t('health.nightNone')
          : missed === 0
            ? t('health.nightAll')
            : t('health.nightMissed', { count: missed })}
      </span>
      {reconciledTo !== null && (
        <span className="block text-sm text-muted">{t('health.nightTo', { when: isolate(ago(reconciledTo)) })}</span>
      )}
      {may && connection.state === 'active' && (
        <Button
          className="mt-1.5"
          pending={compare.isPending || running}
          onClick={() => compare.mutate({ params: { shop: shop.slug, id: connection.id } })}
        >
          {t('health.compare')}
        </Button>
      )}
    </>
  );
}
