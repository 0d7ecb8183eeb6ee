import { useState } from 'react';
import type { NoticePreview } from '../../../../contracts/notices.ts';
import type { BodyOf } from '../../../../contracts/routes.ts';
import { useApi } from '../../query.ts';
import { useSettled } from '../../use-settled.ts';

type PreviewRoute = 'POST /api/shops/:shop/review/:id/notice' | 'POST /api/shops/:shop/customers/:id/notice';
type Ask = BodyOf<PreviewRoute>;

interface NoticeOptions {
  shop: string;
  /** The proposal or the customer. */
  id: string;
  effect?: Ask['effect'];
  reason?: string;
  /** Nothing to show yet, or nothing that would be sent. */
  enabled: boolean;
}

/** What a notice would say while it is being put together: its language, the shop's own paragraph, and what comes of both. */
export interface NoticeDraft {
  readonly language: string | undefined;
  readonly setLanguage: (code: string) => void;
  readonly personal: string;
  readonly setPersonal: (text: string) => void;
  /** What is sent with the answer. */
  readonly said: { readonly personal?: string };
  readonly preview: NoticePreview | undefined;
  readonly error: Error | null;
  readonly again: () => void;
  /** What is on screen is not yet what was asked for. */
  readonly behind: boolean;
  /** The paragraph holds words that must not be sent. */
  readonly refused: boolean;
}

const PAUSE_MS = 350;

/** Asks how a notice would read, a moment after the last change. What was chosen about one case is not carried to the next. */
export function useNotice(route: PreviewRoute, { shop, id, effect, reason, enabled }: NoticeOptions): NoticeDraft {
  const [kept, setKept] = useState<{ about: string; language?: string; personal: string }>({ about: id, personal: '' });
  const draft = kept.about === id ? kept : { about: id, personal: '' };
  const personal = draft.personal.trim();
  const wanted: Ask = {
    ...(draft.language !== undefined && { language: draft.language }),
    ...(personal !== '' && { personal }),
    ...(effect && { effect }),
    ...(reason !== undefined && reason !== '' && { reason }),
  };
  const asked = useSettled({ id, wanted }, PAUSE_MS);
  // Another case is asked about at once: only what is typed or chosen waits.
  const body = asked.id === id ? asked.wanted : wanted;
  const preview = useApi(route, { params: { shop, id }, body }, { enabled, keep: true });
  return {
    language: draft.language,
    setLanguage: (language) => setKept({ ...draft, language }),
    personal: draft.personal,
    setPersonal: (text) => setKept({ ...draft, personal: text }),
    said: personal === '' ? {} : { personal },
    preview: preview.data,
    error: preview.error,
    again: () => void preview.refetch(),
    behind: preview.isPlaceholderData || JSON.stringify(body) !== JSON.stringify(wanted),
    refused: personal !== '' && (preview.data?.findings.some((finding) => finding.must) ?? false),
  };
}

/** Whether the shop has a mail server; undefined while that is not known. */
export function useMailServer(shop: string): boolean | undefined {
  return useApi('GET /api/shops/:shop/outbox', { params: { shop }, query: { limit: 1 } }).data?.mailServer;
}
