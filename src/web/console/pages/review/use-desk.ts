import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail, ProposalRow } from '../../../../contracts/review.ts';
import { usePhone } from '../../../ui/use-phone.ts';
import { type Shortcut, useShortcuts } from '../../shortcuts.ts';
import { type Allowed, type Asking, type Desk, KEYS, leave, type Press, press } from './desk.ts';

interface DeskOptions {
  shop: string;
  rows: readonly ProposalRow[];
  current: string | undefined;
  detail: ProposalDetail | undefined;
  onApprove: (detail: ProposalDetail) => void;
}

/** Joins the desk's rules with the address (which case is open), the keyboard and the focus. */
export function useDesk({ shop, rows, current, detail, onApprove }: DeskOptions) {
  const { t } = useTranslation('review');
  const navigate = useNavigate();
  const phone = usePhone();
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState<{ about: string; what: Asking } | null>(null);
  const [focusRow, setFocusRow] = useState<{ id: string | null } | null>(null);
  const [readNext, setReadNext] = useState<string | null>(null);

  const desk: Desk = useMemo(
    () => ({
      ids: rows.map((row) => row.id),
      current: current ?? null,
      pane: current === undefined ? 'list' : 'case',
      asking: asking !== null && asking.about === current ? asking.what : null,
    }),
    [rows, current, asking],
  );
  const allowed: Allowed | null =
    detail?.status === 'open' && detail.id === current ? { ...detail.may, isBlock: detail.type === 'block' } : null;

  const open = (id: string | null) =>
    void navigate(
      id === null
        ? { to: '/shops/$shop/review', params: { shop }, search: (before) => before, replace: true }
        : { to: '/shops/$shop/review/$id', params: { shop, id }, search: (before) => before, replace: true },
    );

  const onPress = (key: Press) => {
    const { desk: next, send } = press(desk, key, allowed);
    if (next.asking !== desk.asking)
      setAsking(next.asking === null || next.current === null ? null : { about: next.current, what: next.asking });
    if (send === 'approve' && detail) {
      setAsking(null);
      onApprove(detail);
      return;
    }
    if (next.current !== desk.current) open(next.current);
    if (key === 'next' || key === 'previous') setFocusRow({ id: next.current });
    if (key === 'back') {
      if (desk.asking !== null) heading.current?.focus();
      else if (phone) open(null);
      else setFocusRow({ id: desk.current });
    }
  };

  /** The case is answered: the next one opens, and the focus goes to its name so that it is read out. */
  const onLeave = (id: string) => {
    setAsking(null);
    const next = leave(desk, id).current;
    open(next);
    setReadNext(next);
  };

  // The heading of the next case exists only once that case has come.
  const shown = detail?.id;
  useEffect(() => {
    if (readNext === null || shown !== readNext || current !== readNext) return;
    heading.current?.focus();
    setReadNext(null);
  }, [readNext, shown, current]);

  const latest = useRef(onPress);
  latest.current = onPress;
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const group = t('group');
    const key = (what: Press, label: string): Shortcut => ({
      keys: KEYS[what],
      label,
      group,
      run: () => latest.current(what),
    });
    return [
      key('next', t('act.next')),
      key('previous', t('act.previous')),
      key('approve', t('act.approve')),
      key('soften', t('act.soften')),
      key('decline', t('act.decline')),
      key('ask', t('act.ask')),
      key('back', t('act.back')),
    ];
  }, [t]);
  useShortcuts(shortcuts);

  return {
    asking: desk.asking,
    heading,
    focusRow,
    onPress,
    onLeave,
    onReturn: (id: string) => {
      open(id);
      setReadNext(id);
    },
    stopAsking: () => setAsking(null),
    readCase: setReadNext,
  };
}
