import { cx } from './cx.ts';

/** Drawn on a 16-unit square with a 1.5 stroke. Arrows that mean "onward" turn round in right-to-left languages. */
const PATHS = {
  speech: 'M2.500 2.800h11v7.700H8.200L5 13.500v-3H2.500zM5 5.500h6M5 7.800h4',
  mail: 'M2 3.500h12v9H2zM2 4.500l6 4.700 6-4.700',
  print: 'M4.500 6V2.300h7V6M4.500 11.500h-2V6h11v5.500h-2M4.500 9.300h7v4.400h-7z',
  image: 'M2 3h12v10H2zM2.500 11.500l3.500-3.500 2.500 2.500 2-2 3 3M10.500 6.200h.01',
  home: 'M2.5 7 8 2.5 13.5 7v6a.5.5 0 0 1-.5.5H10v-4H6v4H3a.5.5 0 0 1-.5-.5z',
  review: 'M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1 9.5a2.2 2.2 0 0 0 4 0zM13 4.5l-2 5a2.2 2.2 0 0 0 4 0z',
  people:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.5 2-4 4.500-4s4.500 1.500 4.500 4M10.500 2.800a2.500 2.500 0 0 1 0 4.400M12 9.800c1.600.500 2.500 1.800 2.500 3.700',
  measure: 'M8 1.800 13.500 4v4c0 3-2.200 5.200-5.500 6.200C4.700 13.200 2.500 11 2.500 8V4z',
  policy:
    'M4 1.800h5.500L13 5.300V14H4a.8.8 0 0 1-.8-.8V2.600a.8.8 0 0 1 .8-.8zM9.300 2v3.500H13M5.800 8.300h4.500M5.800 11h3',
  upload: 'M8 10.500v-8M4.800 5.500 8 2.300l3.200 3.200M2.500 10.500v2.200c0 .5.4.8.8.8h9.400c.4 0 .8-.3.8-.8v-2.200',
  download: 'M8 2.500v8M4.800 7.500 8 10.700l3.200-3.200M2.500 10.500v2.200c0 .5.4.8.8.8h9.400c.4 0 .8-.3.8-.8v-2.200',
  settings:
    'M2 4.500h7M12.500 4.500H14M2 11.500h1.500M7 11.500h7M10.800 6.200a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM5.200 13.200a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400z',
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.700 10.700 14 14',
  more: 'M3.500 8h.01M8 8h.01M12.500 8h.01',
  close: 'm3.500 3.500 9 9M12.500 3.500l-9 9',
  check: 'm3 8.500 3.300 3.200L13 4.500',
  copy: 'M5.500 5.500h7.700v8H5.500zM10.500 5.500v-3H2.800v8h2.700',
  chevronDown: 'm4 6.200 4 3.800 4-3.800',
  chevronUp: 'm4 9.800 4-3.800 4 3.800',
  chevronEnd: 'm6.200 4 3.800 4-3.800 4',
  chevronStart: 'M9.800 4 6 8l3.800 4',
  arrowEnd: 'M2.500 8h11M9.500 4l4 4-4 4',
  sun: 'M8 10.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600zM8 1.300v1.400M8 13.300v1.400M1.300 8h1.400M13.300 8h1.400M3.300 3.300l1 1M11.700 11.700l1 1M3.300 12.700l1-1M11.700 4.300l1-1',
  moon: 'M13.500 9.600A6 6 0 0 1 6.400 2.500a6 6 0 1 0 7.100 7.100z',
  screen: 'M2 3h12v8.500H2zM5.500 14h5M8 11.500V14',
  keyboard:
    'M1.500 4h13v8h-13zM4 6.500h.01M6.700 6.500h.01M9.300 6.500h.01M12 6.500h.01M4 9.500h.01M6 9.500h4M12 9.500h.01',
  plus: 'M8 3v10M3 8h10',
  alert: 'M8 2 14.500 13.500h-13zM8 6.500v3M8 11.500h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.500v3.500M8 5h.01',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  list: 'M5.500 4h8M5.500 8h8M5.500 12h8M2.500 4h.01M2.500 8h.01M2.500 12h.01',
  filter: 'M2 4h12M4.500 8h7M6.500 12h3',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800V8l2.300 1.500',
  key: 'M5 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM7.200 7.800 13 2M10.500 4.500l2 2',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 14c0-3 2.300-4.500 5.500-4.500s5.500 1.500 5.500 4.500',
  signOut: 'M6 2.500H3v11h3M10 11l3-3-3-3M13 8H6',
  file: 'M4 1.800h5.500L13 5.300V14H4a.8.8 0 0 1-.8-.8V2.600a.8.8 0 0 1 .8-.8zM9.300 2v3.500H13',
  spark: 'M8 1.800 9.600 6.400 14.200 8 9.600 9.600 8 14.200 6.400 9.600 1.800 8l4.600-1.600z',
  plug: 'M5.500 2v3.500M10.500 2v3.500M3.500 5.500h9V8a4.500 4.500 0 0 1-9 0zM8 12.500V15',
  undo: 'M5.500 3 2.500 6l3 3M2.500 6H9a4 4 0 0 1 0 8H6',
  external: 'M6.500 3H3v10h10V9.500M9 2.500h4.500V7M13.500 2.500 7.500 8.500',
  question:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.200 6.300c0-2.400 3.700-2.300 3.700 0 0 1.500-1.900 1.500-1.900 3M8 11.500h.01',
  pin: 'M5.500 2h5M6.200 2v4.200L4 8.800h8L9.800 6.200V2M8 8.800V14',
  edit: 'm10.500 3 2.500 2.500L5.500 13H3v-2.500zM9 4.500 11.500 7',
  trash: 'M2.500 4h11M6 4V2.300h4V4M4 4l.6 9.700h6.800L12 4',
  shop: 'M2.500 6.500v7h11v-7M1.500 6l1.200-3.500h10.600L14.500 6c0 2-3.200 2-3.200 0 0 2-3.300 2-3.300 0 0 2-3.300 2-3.300 0 0 2-3.200 2-3.200 0z',
} as const;

export type IconName = keyof typeof PATHS;
const TURNS = new Set<IconName>(['chevronEnd', 'chevronStart', 'arrowEnd', 'signOut', 'undo', 'external']);

/** Decoration beside words; a button with only an icon is an IconButton, which has a name. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={cx('size-4 shrink-0', TURNS.has(name) && 'rtl:-scale-x-100', className)}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
