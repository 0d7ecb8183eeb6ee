import { type ReactNode, useEffect, useId, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { Disclosure } from './disclosure.tsx';
import { useFormats } from './format-context.tsx';

export interface ChartSeries {
  /** As the legend and the table name it. */
  label: string;
  values: readonly (number | null)[];
  look: 'accent' | 'muted';
}

interface ChartProps {
  /** What the chart shows, in a sentence. */
  label: string;
  /** Instants of the points as ISO dates, oldest first. */
  at: readonly string[];
  series: readonly ChartSeries[];
  /** How a value reads on the axis and in the table. */
  format: (value: number) => string;
  /** What the first column of the table is called. */
  timeLabel: string;
  /** What opens the table. */
  tableLabel: string;
  height?: number;
}

const COLOUR = { accent: '--color-accent', muted: '--color-edge' } as const;

/** The colour a token has here and now, written out: a canvas knows no variables. */
function inkOf(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Lines over time. The picture is for eyes; the same numbers stand in a table for everybody else, and for copying. */
export function Chart({ label, at, series, format, timeLabel, tableLabel, height = 180 }: ChartProps) {
  const formats = useFormats();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const faint = inkOf(element, '--color-muted');
      const line = inkOf(element, '--color-line');
      // Time runs the way the page is read, and the figures stand where reading begins.
      const mirrored = document.documentElement.dir === 'rtl';
      const axis = { stroke: faint, font: '11px "Inter Variable", sans-serif', ticks: { show: false } };
      plot = new uPlot(
        {
          width: element.clientWidth,
          height,
          padding: mirrored ? [8, 0, 0, 8] : [8, 8, 0, 0],
          legend: { show: false },
          cursor: { show: false },
          scales: { x: { time: true, dir: mirrored ? -1 : 1 }, y: { range: (_, __, max) => [0, max * 1.08 || 1] } },
          axes: [
            {
              ...axis,
              grid: { show: false },
              size: 30,
              space: 80,
              values: (_, splits) =>
                splits.map((each) => formats.shortDate(new Date(each * 1_000).toISOString(), Date.now())),
            },
            {
              ...axis,
              grid: { stroke: line, width: 1 },
              size: 64,
              side: mirrored ? 1 : 3,
              space: 36,
              values: (_, splits) => splits.map(format),
            },
          ],
          series: [
            {},
            ...series.map((each) => ({
              label: each.label,
              stroke: inkOf(element, COLOUR[each.look]),
              width: 1.75,
              points: { show: false },
              ...(each.look === 'muted' && { dash: [4, 3] }),
            })),
          ],
        },
        [at.map((each) => Date.parse(each) / 1_000), ...series.map((each) => [...each.values])],
        element,
      );
    };
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    const dressed = new MutationObserver(draw);
    dressed.observe(document.documentElement, { attributeFilter: ['data-theme', 'dir'] });
    const device = matchMedia('(prefers-color-scheme: dark)');
    device.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      dressed.disconnect();
      device.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [at, series, format, formats, height]);

  const rows: ReactNode = at.map((instant, index) => (
    <tr key={instant}>
      <th scope="row" className="py-1 pe-4 text-start font-normal text-muted">
        {formats.date(instant)}
      </th>
      {series.map((each) => {
        const value = each.values[index];
        return (
          <td key={each.label} className="tabular py-1 ps-4 text-end">
            {value === null || value === undefined ? '–' : format(value)}
          </td>
        );
      })}
    </tr>
  ));
  return (
    <figure aria-labelledby={id} className="flex flex-col gap-2">
      <figcaption id={id} className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        <span className="sr-only">{label}</span>
        {series.map((each) => (
          <span key={each.label} className="inline-flex items-center gap-2">
            <svg viewBox="0 0 16 4" aria-hidden="true" className="h-1 w-4">
              <path
                d="M0 2h16"
                stroke={`var(${COLOUR[each.look]})`}
                strokeWidth="2"
                {...(each.look === 'muted' && { strokeDasharray: '4 2' })}
              />
            </svg>
            {each.label}
          </span>
        ))}
      </figcaption>
      <div ref={box} dir="ltr" aria-hidden="true" style={{ blockSize: height }} className="w-full overflow-hidden" />
      <Disclosure label={tableLabel}>
        <table className="mt-2">
          <caption className="sr-only">{label}</caption>
          <thead>
            <tr className="text-muted">
              <th scope="col" className="pe-4 text-start font-medium">
                {timeLabel}
              </th>
              {series.map((each) => (
                <th key={each.label} scope="col" className="ps-4 text-end font-medium">
                  {each.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows}</tbody>
        </table>
      </Disclosure>
    </figure>
  );
}
