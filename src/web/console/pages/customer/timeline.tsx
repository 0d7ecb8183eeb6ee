import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDetail, TimelineEntry } from '../../../../contracts/customers.ts';
import type { Exclusion } from '../../../../contracts/events.ts';
import {
  Card,
  DateText,
  EmptyState,
  ErrorState,
  IconButton,
  Loading,
  Section,
  SkeletonRows,
  useFormats,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { Toggle } from '../../../ui/toggle.tsx';
import { mayCorrect } from '../../access.ts';
import { type Family, families, familyOf, presentEvent } from '../../conduct/events/registry.ts';
import { useTools } from '../../conduct/use-tools.ts';
import { useShop } from '../../session.tsx';
import { TimelineRow } from './timeline-row.tsx';
import { byDay, HEIGHTS, heightOf, linesOf } from './timeline-rows.ts';
import { correctionsOf, useTimeline } from './use-timeline.ts';

/** The events behind one figure, to be marked on the timeline. */
export interface Marked {
  readonly what: string;
  readonly counted: readonly string[];
  readonly excluded: ReadonlyMap<string, Exclusion>;
}

interface TimelineProps {
  shop: string;
  customer: CustomerDetail;
  chosen: readonly Family[];
  onChoose: (families: Family[]) => void;
  marked: Marked | null;
  onUnmark: () => void;
  /** Scrolls to this event and opens nothing. */
  goTo: string | null;
  onGoTo: (event: string | null) => void;
  onCorrect: (entry: TimelineEntry) => void;
}

/** What happened, newest first, by day. Draws only what is in sight, each row in a height known beforehand. */
export function Timeline(props: TimelineProps) {
  const { shop, customer, chosen, onChoose, marked, onUnmark, goTo, onGoTo, onCorrect } = props;
  const { t } = useTranslation(['customer', 'events', 'metrics']);
  const { role } = useShop();
  const tools = useTools();
  const formats = useFormats();
  const [open, setOpen] = useState<string | null>(null);
  const list = useTimeline(shop, customer.id, chosen, goTo);
  const corrections = useMemo(() => correctionsOf(list.rows), [list.rows]);
  const items = useMemo(() => byDay(list.rows, formats.dayKey), [list.rows, formats]);
  const counted = useMemo(() => new Set(marked?.counted), [marked]);

  const remarkOf = (entry: TimelineEntry): string | null => {
    const because = marked?.excluded.get(entry.id);
    if (because) return t('metrics:notCountedBecause', { reason: t(`metrics:exclusion.${because}`) });
    if (entry.corrected === null) return null;
    const what = t(`events:corrected.${entry.corrected}`);
    const correction = corrections.get(entry.id);
    if (!correction) return what;
    const by = correction.by ? t('events:corrected.by', { what, name: isolate(correction.by) }) : what;
    return correction.text ? t('events:corrected.because', { what: by, reason: isolate(correction.text) }) : by;
  };

  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const box = frame.current?.getBoundingClientRect();
      if (box) setTop(box.top + scrollY);
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, []);

  const virtual = useWindowVirtualizer({
    count: items.length,
    scrollMargin: top,
    overscan: 10,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: (index) => {
      const item = items[index];
      if (item === undefined || item.kind === 'day') return HEIGHTS.day;
      const { details } = presentEvent(item.entry, tools);
      return heightOf({
        details: details.length > 0,
        text: linesOf(item.entry.text),
        remark: remarkOf(item.entry) !== null,
      });
    },
  });

  // Marking adds remarks to rows: their heights are worked out anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marking is what changes the heights
  useEffect(() => virtual.measure(), [virtual, marked, corrections]);

  const rows = virtual.getVirtualItems();
  const lastIndex = rows.at(-1)?.index ?? 0;
  const { more } = list;
  useEffect(() => {
    if (items.length > 0 && lastIndex > items.length - 60) more?.();
  }, [items.length, lastIndex, more]);

  const target = goTo === null ? -1 : items.findIndex((item) => item.key === goTo);
  useEffect(() => {
    if (target === -1) return;
    virtual.scrollToIndex(target, { align: 'center' });
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-event="${goTo}"]`)?.focus({ preventScroll: true }),
    );
  }, [target, goTo, virtual]);

  const markedIds = useMemo(() => (marked === null ? [] : [...marked.counted, ...marked.excluded.keys()]), [marked]);
  const step = (by: 1 | -1) => {
    const order = items.filter((item) => item.kind === 'event' && markedIds.includes(item.key)).map((item) => item.key);
    const at = goTo === null ? -1 : order.indexOf(goTo);
    const next =
      order[at + by] ?? markedIds.find((id) => !order.includes(id)) ?? order[by === 1 ? 0 : order.length - 1];
    if (next !== undefined) onGoTo(next);
  };

  return (
    <Section
      title={t('timeline.title')}
      hint={t('timeline.count', { count: customer.eventCount, number: formats.count(customer.eventCount) })}
    >
      <Filters kindCounts={customer.kindCounts} chosen={chosen} onChoose={onChoose} />
      {marked && (
        <div
          role="status"
          className="sticky top-2 z-10 flex items-center gap-2 rounded-md bg-selected px-3 py-1.5 text-sm text-ink shadow-sm max-md:top-14"
        >
          <span className="min-w-0 grow">
            {list.searching ? t('timeline.searching') : t('timeline.evidence', { what: marked.what })}
          </span>
          <IconButton icon="chevronUp" label={t('timeline.evidencePrevious')} onClick={() => step(-1)} />
          <IconButton icon="chevronDown" label={t('timeline.evidenceNext')} onClick={() => step(1)} />
          <IconButton icon="close" label={t('timeline.evidenceEnd')} onClick={onUnmark} />
        </div>
      )}
      <Card>
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Loading label={t('timeline.loading')}>
            <SkeletonRows rows={14} />
          </Loading>
        ) : items.length === 0 ? (
          <EmptyState icon="clock" title={t(chosen.length > 0 ? 'timeline.none' : 'timeline.empty')}>
            {t(chosen.length > 0 ? 'timeline.noneHint' : 'timeline.emptyHint')}
          </EmptyState>
        ) : (
          <div ref={frame} className="relative" style={{ blockSize: virtual.getTotalSize() }}>
            <ol>
              {rows.map((row) => {
                const item = items[row.index];
                if (item === undefined) return null;
                const isOpen = item.key === open;
                return (
                  <li
                    key={row.key}
                    data-index={row.index}
                    ref={isOpen ? virtual.measureElement : undefined}
                    className="absolute inset-x-0 top-0 overflow-hidden"
                    style={{
                      blockSize: isOpen ? undefined : row.size,
                      transform: `translateY(${row.start - virtual.options.scrollMargin}px)`,
                    }}
                  >
                    {item.kind === 'day' ? (
                      <h3 className="flex h-full items-center border-b border-line bg-canvas px-3 text-xs font-medium text-muted">
                        <DateText at={item.at} />
                      </h3>
                    ) : (
                      <TimelineRow
                        entry={item.entry}
                        presented={presentEvent(item.entry, tools)}
                        remark={remarkOf(item.entry)}
                        marked={counted.has(item.key) || item.key === goTo}
                        open={isOpen}
                        onToggle={() => {
                          setOpen(isOpen ? null : item.key);
                          if (isOpen) virtual.measure();
                        }}
                        onCorrect={mayCorrect(role, item.entry.kind) ? () => onCorrect(item.entry) : null}
                      />
                    )}
                  </li>
                );
              })}
            </ol>
          </div>
        )}
        {list.isFetchingNextPage && <SkeletonRows rows={3} />}
      </Card>
    </Section>
  );
}

interface FiltersProps {
  kindCounts: Readonly<Record<string, number>>;
  chosen: readonly Family[];
  onChoose: (families: Family[]) => void;
}

function Filters({ kindCounts, chosen, onChoose }: FiltersProps) {
  const { t } = useTranslation(['customer', 'events']);
  const formats = useFormats();
  const counts = new Map<Family, number>();
  for (const [kind, count] of Object.entries(kindCounts)) {
    const family = familyOf(kind);
    if (family !== null) counts.set(family, (counts.get(family) ?? 0) + count);
  }
  const present = families.filter((family) => (counts.get(family) ?? 0) > 0 || chosen.includes(family));
  if (present.length < 2) return null;
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1.5 max-md:flex-nowrap max-md:overflow-x-auto">
      <legend className="sr-only">{t('timeline.filter')}</legend>
      <Toggle pressed={chosen.length === 0} onChange={() => onChoose([])}>
        {t('timeline.all')}
      </Toggle>
      {present.map((family) => (
        <Toggle
          key={family}
          pressed={chosen.includes(family)}
          onChange={(on) => onChoose(on ? [...chosen, family] : chosen.filter((each) => each !== family))}
          count={formats.count(counts.get(family) ?? 0)}
        >
          {t(`events:family.${family}`)}
        </Toggle>
      ))}
    </fieldset>
  );
}
