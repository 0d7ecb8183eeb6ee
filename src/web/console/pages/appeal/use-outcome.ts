import { useMemo } from 'react';
import type { AppealDetail, AppealPreview } from '../../../../contracts/appeals.ts';
import { useApi } from '../../query.ts';
import { useSettled } from '../../use-settled.ts';
import { useView } from '../../view.ts';
import { type Corrections, correctionsOf, type Fact, factsOf, type Marked } from './marks.ts';

const VIEW = { void: [] as readonly string[], fault: [] as readonly string[], lift: '' };
/** Not in the address: there may be hundreds of marks, and they are one person's work in progress. */
const KEPT = ['void', 'fault', 'lift'] as const;
const PAUSE_MS = 250;

/** What is being tried out on an appeal, and what would come of it. */
export interface Outcome {
  readonly facts: readonly Fact[];
  readonly marked: Marked;
  readonly corrections: Corrections;
  readonly lift: boolean;
  readonly onMark: (next: Marked) => void;
  readonly onLift: (lift: boolean) => void;
  readonly preview: AppealPreview | undefined;
  /** What is shown is not yet what was marked. */
  readonly behind: boolean;
  readonly error: Error | null;
  readonly again: () => void;
}

/** Keeps the marks with this tab's history, so that a reload loses none, and asks a moment after the last what they would do. */
export function useOutcome(shop: string, id: string, detail: AppealDetail | undefined, enabled: boolean): Outcome {
  const [view, setView] = useView(VIEW, KEPT);
  const facts = useMemo(() => (detail ? factsOf(detail) : []), [detail]);
  const marked: Marked = view;
  const corrections = useMemo(() => correctionsOf({ void: view.void, fault: view.fault }, facts), [view, facts]);
  const lift = view.lift === 'yes';
  const wanted = { corrections, lift };
  const body = useSettled(wanted, PAUSE_MS);
  const preview = useApi(
    'POST /api/shops/:shop/appeals/:id/preview',
    { params: { shop, id }, body },
    { enabled: enabled && detail !== undefined, keep: true },
  );
  return {
    facts,
    marked,
    corrections,
    lift,
    onMark: (next) => setView({ void: next.void, fault: next.fault }),
    onLift: (next) => setView({ lift: next ? 'yes' : '' }),
    preview: preview.data,
    behind: preview.isPlaceholderData || JSON.stringify(body) !== JSON.stringify(wanted),
    error: preview.error,
    again: () => void preview.refetch(),
  };
}
