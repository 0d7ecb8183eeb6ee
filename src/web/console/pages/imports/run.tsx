import { useTranslation } from 'react-i18next';
import type { ImportRunView } from '../../../../contracts/imports.ts';
import { Badge, Card, type Meaning, ProgressBar, RelativeTime, useFormats } from '../../../ui/index.ts';
import { LeftOut } from '../../left-out.tsx';

const MEANINGS: Record<ImportRunView['status'], Meaning> = {
  running: 'neutral',
  done: 'good',
  failed: 'block',
  interrupted: 'watch',
};

/** One import: how far it is, or what it brought and what it left out. */
export function Run({ run }: { run: ImportRunView }) {
  const { t } = useTranslation('imports');
  const formats = useFormats();
  const counted = (count: number) => ({ count, formatted: formats.count(count) });
  const share = run.bytesTotal ? Math.min(1, run.bytesRead / run.bytesTotal) : null;
  const far = run.bytesTotal
    ? t('progress', { read: formats.bytes(run.bytesRead), total: formats.bytes(run.bytesTotal) })
    : formats.bytes(run.bytesRead);
  const facts = [
    t('rows', counted(run.rowsRead)),
    t('added', counted(run.added)),
    run.known > 0 ? t('known', counted(run.known)) : null,
    run.conflicts > 0 ? t('conflicts', counted(run.conflicts)) : null,
  ].filter((each) => each !== null);
  return (
    <li>
      <Card className="flex flex-col gap-2.5 px-4 py-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h3 className="flex min-w-0 items-center gap-2 text-base font-medium">
            <bdi className="truncate">{run.format === 'sample' ? t('formatName.sample') : run.fileName}</bdi>
            <Badge meaning={MEANINGS[run.status]}>{t(`status.${run.status}`)}</Badge>
          </h3>
          <span className="flex flex-wrap gap-x-1.5 text-sm text-muted">
            {run.format !== 'sample' && <span>{t(`formatName.${run.format}`)} ·</span>}
            <RelativeTime at={run.startedAt} />
            {run.startedBy && <span>{t('by', { name: run.startedBy })}</span>}
          </span>
        </div>
        {run.status === 'running' && (
          <div className="flex flex-col gap-1.5">
            <ProgressBar label={run.fileName} value={share} text={far} />
            <p className="tabular text-sm text-muted">{far}</p>
          </div>
        )}
        {run.error && <p className="text-base text-block">{run.error}</p>}
        {run.status === 'interrupted' && <p className="text-base text-muted">{t('interruptedHint')}</p>}
        {(run.status !== 'failed' || run.rowsRead > 0) && (
          <p className="tabular flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
        )}
        {run.skipped.length > 0 && (
          <LeftOut
            label={t('skipped', counted(run.skipped.reduce((sum, each) => sum + each.count, 0)))}
            heads={{ reason: t('reason'), count: t('rowsSkipped'), examples: t('examples') }}
            rows={run.skipped.map(({ reason, count, examples }) => ({
              reason,
              count,
              examples: examples.map(({ where, what }) => [where, what]),
            }))}
          />
        )}
      </Card>
    </li>
  );
}
