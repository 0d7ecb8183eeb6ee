import { useTranslation } from 'react-i18next';
import { Badge, Button, Card, type Meaning, ProgressBar, RelativeTime, useAgo, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { LeftOut } from '../../left-out.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { usePlatformNames } from './names.ts';
import type { Connection, PlatformRun } from './types.ts';
import { usePace } from './use-pace.ts';

const MEANINGS: Record<PlatformRun['state'], Meaning> = {
  running: 'neutral',
  done: 'good',
  stopped: 'watch',
  failed: 'block',
};

/** One reading of the past: how far it is and when it will be done, or what it brought. */
export function Run({ connection, run }: { connection: Connection; run: PlatformRun }) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const names = usePlatformNames(connection.platform);
  const counted = (count: number) => ({ count, formatted: formats.count(count) });
  const facts = [
    t('past.added', counted(run.added)),
    run.known > 0 ? t('past.known', counted(run.known)) : null,
    run.refused > 0 && run.faults.length === 0 ? t('past.skipped', counted(run.refused)) : null,
  ].filter((each) => each !== null);
  return (
    <Card className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="flex min-w-0 flex-wrap items-center gap-2 text-base font-medium text-ink">
          {run.state === 'running'
            ? t(run.kind === 'history' ? 'past.running' : 'past.runningNight', names)
            : run.since === null
              ? t('past.everything')
              : t('past.sinceDay', { date: isolate(formats.date(run.since)) })}
          <Badge meaning={MEANINGS[run.state]}>{t(`past.state.${run.state}`)}</Badge>
        </h3>
        <span className="flex flex-wrap gap-x-1.5 text-sm text-muted">
          <RelativeTime at={run.startedAt} />
          {run.startedBy && <span>{t('past.by', { name: run.startedBy.name })}</span>}
        </span>
      </div>
      {run.state === 'running' && <Progress connection={connection} run={run} />}
      {run.error !== null && run.state !== 'running' && (
        <p className="text-base text-block wrap-anywhere">{run.error}</p>
      )}
      <p className="tabular flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {run.faults.length > 0 && (
        <LeftOut
          label={t('past.skipped', counted(run.refused))}
          heads={{ reason: t('past.reason'), count: t('past.howMany'), examples: t('past.examples') }}
          rows={run.faults.map(({ words, count, examples }) => ({
            reason: words,
            count,
            examples: examples.map((example) => [example]),
          }))}
        />
      )}
      <Steer connection={connection} run={run} />
    </Card>
  );
}

function Progress({ connection, run }: { connection: Connection; run: PlatformRun }) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const ago = useAgo();
  const names = usePlatformNames(connection.platform);
  const { pace, ready } = usePace(run);
  const far =
    run.total === null
      ? t('past.read', { count: run.read, formatted: formats.count(run.read) })
      : t('past.of', { read: formats.count(run.read), total: formats.count(run.total) });
  const perMinute = pace === null ? null : Math.round(pace);
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar
        label={t('past.running')}
        value={run.total === null || run.total === 0 ? null : Math.min(1, run.read / run.total)}
        text={far}
      />
      <p className="tabular flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-ink">
        <span>{far}</span>
        {perMinute !== null && (
          <span className="text-muted">
            {t('past.pace', { count: perMinute, formatted: formats.count(perMinute) })}
          </span>
        )}
        {ready !== null && <span className="text-muted">{t('past.ready', { when: isolate(ago(ready)) })}</span>}
      </p>
      {run.nextAt !== null && Date.parse(run.nextAt) > Date.now() + 5_000 && (
        <p className="text-sm text-muted">{t('past.waits', { ...names, when: isolate(ago(run.nextAt)) })}</p>
      )}
      {run.error !== null && <p className="text-sm text-muted wrap-anywhere">{run.error}</p>}
      <p className="text-sm text-muted">{t('past.close')}</p>
    </div>
  );
}

const TOUCHED = ['GET /api/shops/:shop/connections/:id', 'GET /api/shops/:shop/connections'] as const;

/** Stop it, or let it go on from where it was. */
function Steer({ connection, run }: { connection: Connection; run: PlatformRun }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const stop = useAction('POST /api/shops/:shop/connections/:id/runs/:other/stop', {
    touches: TOUCHED,
    says: () => t('past.stopped'),
  });
  const resume = useAction('POST /api/shops/:shop/connections/:id/runs/:other/resume', {
    touches: TOUCHED,
    says: () => t('past.resumed'),
  });
  const args = { params: { shop: shop.slug, id: connection.id, other: run.id } };
  if (!shop.may('POST /api/shops/:shop/connections/:id/runs/:other/stop')) return null;
  if (run.state === 'running') {
    return (
      <div>
        <Button pending={stop.isPending} onClick={() => stop.mutate(args)}>
          {t('past.stop')}
        </Button>
      </div>
    );
  }
  const another = connection.runs.some((each) => each.state === 'running' && each.kind === run.kind);
  if ((run.state === 'stopped' || run.state === 'failed') && !another && connection.state !== 'reconnect') {
    return (
      <div>
        <Button pending={resume.isPending} onClick={() => resume.mutate(args)}>
          {t('past.resume')}
        </Button>
      </div>
    );
  }
  return null;
}
