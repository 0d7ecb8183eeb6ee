import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedAccounts } from '../../../../contracts/links.ts';
import { cx, Link, StandingMark, useFormats } from '../../../ui/index.ts';
import { personName } from '../../conduct/person.tsx';
import { direction } from '../../i18n.ts';
import { COLUMNS, type Edge, type GraphMove, layOut, linkIs, moved } from './links-layout.ts';

const ROW = 68;
const BOX = 'flex h-14 min-w-0 flex-col justify-center rounded-md border px-2 text-start text-xs leading-tight';
const MOVES: Readonly<Record<string, GraphMove>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};

/** The customer, what they share with others, and with whom: thicker lines the likelier that it is one person. */
export function LinksGraph({ shop, name, links }: { shop: string; name: string; links: LinkedAccounts }) {
  const { t } = useTranslation(['links', 'events']);
  const { t: people } = useTranslation('events');
  const formats = useFormats();
  const nodes = useRef<(HTMLElement | null)[]>([]);
  const [at, setAt] = useState(0);
  const layout = layOut(links);
  const rtl = direction() === 'rtl';
  const count = 1 + layout.shared.length + layout.accounts.length;

  const onKeyDown = (event: KeyboardEvent) => {
    const sideways = event.key === 'ArrowRight' ? (rtl ? 'previous' : 'next') : rtl ? 'next' : 'previous';
    const move = MOVES[event.key] ?? (event.key === 'ArrowRight' || event.key === 'ArrowLeft' ? sideways : undefined);
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = moved(at, count, move);
    setAt(next);
    nodes.current[next]?.focus();
  };
  const node = (place: number) => ({
    ref: (element: HTMLElement | null) => {
      nodes.current[place] = element;
    },
    tabIndex: place === at ? 0 : -1,
    onFocus: () => setAt(place),
  });
  const style = ([start, end]: readonly [number, number], y: number) => ({
    insetInlineStart: `${start}%`,
    width: `${end - start}%`,
    top: y * ROW - 28,
  });

  return (
    <div className="relative min-w-0" style={{ height: layout.rows * ROW }}>
      <svg
        aria-hidden="true"
        className="absolute inset-0 size-full text-edge rtl:-scale-x-100"
        viewBox={`0 0 100 ${layout.rows * ROW}`}
        preserveAspectRatio="none"
      >
        {layout.edges.map((edge) => (
          <path
            key={edge.key}
            d={curve(edge)}
            fill="none"
            stroke="currentColor"
            strokeWidth={edge.width}
            strokeDasharray={edge.dashed ? '4 4' : undefined}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <ul aria-label={t('linked.graph')} onKeyDown={onKeyDown} className="absolute inset-0">
        <li className="absolute" style={style(COLUMNS.own, layout.own)}>
          <span {...node(0)} role="note" className={cx(BOX, 'border-accent bg-accent-soft')}>
            <Text className="font-medium">{name}</Text>
            <span className="truncate text-muted">{t('linked.this')}</span>
          </span>
        </li>
        {layout.shared.map(({ what, y }, place) => (
          <li key={`${what.kind} ${y}`} className="absolute" style={style(COLUMNS.shared, y)}>
            <span {...node(1 + place)} role="note" className={cx(BOX, 'border-line bg-sunken')}>
              <span className="truncate text-muted">{t(`kind.${kindOf(what.kind)}`)}</span>
              <Text title={what.text ?? undefined}>{what.text ?? t('earlier')}</Text>
              <span className="truncate text-muted">{t('sharing', { count: what.customers })}</span>
            </span>
          </li>
        ))}
        {layout.accounts.map(({ what, y }, place) => (
          <li key={what.id} className="absolute" style={style(COLUMNS.accounts, y)}>
            <Link
              {...node(1 + layout.shared.length + place)}
              to="/shops/$shop/customers/$id"
              params={{ shop, id: what.id }}
              className={cx(
                BOX,
                'no-underline! hover:bg-hover',
                linkIs(what) === 'household' || linkIs(what) === 'unlike' || linkIs(what) === 'split'
                  ? 'border-dashed border-edge bg-surface'
                  : 'border-edge bg-surface',
              )}
            >
              <span className="flex min-w-0 items-center gap-1">
                <StandingMark standing={what.standing} className="size-2.5" />
                <bdi className="truncate font-medium text-ink">{personName(what, people)}</bdi>
              </span>
              <span className="truncate text-muted">{t(`short.${linkIs(what)}`)}</span>
              {what.likelihood !== null && linkIs(what) === 'probably_same' && (
                <span className="tabular truncate text-muted">{formats.share(what.likelihood)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Text in its own direction, cut at its own end, that begins where the box begins. */
function Text({ title, className, children }: { title?: string | undefined; className?: string; children: string }) {
  return (
    <span className="flex min-w-0">
      <bdi className={cx('truncate text-ink', className)} title={title}>
        {children}
      </bdi>
    </span>
  );
}

const SHOWN_KINDS = ['card', 'device', 'phone', 'email', 'address'] as const;
type ShownKind = (typeof SHOWN_KINDS)[number];

/** Names of people are shared too and never drawn: the server leaves them out. */
export const kindOf = (kind: LinkedAccounts['shared'][number]['kind']): ShownKind =>
  SHOWN_KINDS.find((each) => each === kind) ?? 'address';

function curve({ from, to }: Edge): string {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y * ROW}C${middle} ${from.y * ROW} ${middle} ${to.y * ROW} ${to.x} ${to.y * ROW}`;
}
