import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '../../../../contracts/review.ts';
import { Chart, type ChartSeries } from '../../../ui/chart.tsx';
import { useFormats } from '../../../ui/index.ts';

/** What was ordered and what came back, week by week. */
export default function Trend({ trend }: { trend: Home['trend'] }) {
  const { t } = useTranslation('home');
  const formats = useFormats();
  const at = useMemo(() => trend.map((each) => `${each.week}T12:00:00Z`), [trend]);
  const series = useMemo<ChartSeries[]>(
    () => [
      { label: t('trend.ordered'), values: trend.map((each) => each.ordered), look: 'accent' },
      { label: t('trend.returned'), values: trend.map((each) => each.returned), look: 'muted' },
    ],
    [t, trend],
  );
  const format = useCallback((units: number) => formats.money(units, { short: true }), [formats]);
  return (
    <Chart
      label={t('trend.label')}
      at={at}
      series={series}
      format={format}
      timeLabel={t('trend.week')}
      tableLabel={t('trend.table')}
    />
  );
}
