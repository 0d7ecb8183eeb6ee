import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricName } from '../../../../contracts/events.ts';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import {
  Button,
  Card,
  Dialog,
  Loading,
  Note,
  OverlayBody,
  Skeleton,
  Tabs,
  toast,
  useFormats,
  useNow,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { api } from '../../api.ts';
import type { EditorHandle } from './editor/code-editor.tsx';
import { Findings } from './findings.tsx';
import { Impact, type ImpactAnswer } from './impact.tsx';
import { PolicyProse } from './policy-prose.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { useCheck } from './use-check.ts';
import { type Kept, useDraft } from './use-draft.ts';

const CodeEditor = lazy(() => import('./editor/code-editor.tsx'));

type Aside = 'findings' | 'preview' | 'impact';

interface EditProps {
  shop: string;
  policy: ResponseOf<'GET /api/shops/:shop/policy'>;
  onPublished: () => void;
}

/** Writes the next version: the text on one side; what is to be mended, how it reads and who would change on the other. */
export function Edit({ shop, policy, onPublished }: EditProps) {
  const { t } = useTranslation(['policy', 'metrics']);
  const { t: metricWords } = useTranslation('metrics');
  const cache = useQueryClient();
  const editor = useRef<EditorHandle>(null);
  const [source, setSource] = useState(policy.draft?.source ?? policy.source);
  const [aside, setAside] = useState<Aside>('findings');
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const changed = source !== policy.source;
  const [kept, setKept] = useDraft(shop, source, changed);
  const check = useCheck(shop, source);
  const findings = check.data?.findings ?? [];
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const impact = useMutation<{ source: string; answer: ImpactAnswer }, Error, string>({
    mutationFn: async (text) => ({
      source: text,
      answer: await api('POST /api/shops/:shop/policy/impact', { params: { shop }, body: { source: text } }),
    }),
  });
  const names = useMemo(
    () => metricWords('name', { returnObjects: true }) as Readonly<Record<MetricName, string>>,
    [metricWords],
  );
  const ready = changed && check.current && check.data?.valid === true;
  const publishNow = () => {
    // Who would change is worked out for the summary, unless it is known for exactly this text.
    if (impact.data?.source !== source && !impact.isPending) impact.mutate(source);
    setAsking('publish');
  };
  const discard = async () => {
    setAsking(null);
    try {
      await api('DELETE /api/shops/:shop/policy/draft', { params: { shop } });
      editor.current?.replace(policy.source);
      setSource(policy.source);
      setKept({ state: 'idle' });
      toast({ title: t('edit.discarded', { version: policy.version }) });
      await cache.invalidateQueries({ queryKey: ['GET /api/shops/:shop/policy'] });
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : String(error), meaning: 'failed' });
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <KeptLine kept={kept} changed={changed} version={policy.version} draft={policy.draft} />
        <div className="flex gap-2">
          <Button look="quiet" disabled={!changed} onClick={() => setAsking('discard')}>
            {t('edit.discard')}
          </Button>
          <Button look="primary" disabled={!ready} onClick={publishNow}>
            {t('edit.publish')}
          </Button>
        </div>
      </div>
      {changed && errors > 0 && <p className="text-sm text-muted">{t('publish.blocked')}</p>}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-1.5">
          <Card className="h-[calc(100dvh-17rem)] min-h-80 overflow-hidden focus-within:outline-2 focus-within:outline-accent">
            <Suspense
              fallback={
                <Loading label={t('edit.loadingEditor')}>
                  <Skeleton className="m-3 h-64" />
                </Loading>
              }
            >
              <CodeEditor
                handle={editor}
                initial={source}
                label={t('edit.editor')}
                describedBy="policy-editor-keys"
                findings={findings}
                metricNames={names}
                onChange={setSource}
              />
            </Suspense>
          </Card>
          <p id="policy-editor-keys" className="text-xs text-muted">
            {t('edit.keys')}
          </p>
        </div>
        <div className="min-w-0 xl:max-h-[calc(100dvh-15rem)] xl:overflow-y-auto xl:pe-1">
          <h2 className="sr-only">{t('edit.aside')}</h2>
          <Tabs
            label={t('edit.aside')}
            value={aside}
            onChange={setAside}
            tabs={[
              { value: 'findings', label: t('edit.findings'), count: findings.length },
              { value: 'preview', label: t('edit.preview') },
              { value: 'impact', label: t('edit.impact') },
            ]}
          >
            {check.error && aside !== 'impact' ? (
              <Note meaning="block">{t('findings.failed', { why: check.error.message })}</Note>
            ) : aside === 'impact' ? (
              <Impact
                shop={shop}
                answer={impact.data?.answer}
                pending={impact.isPending}
                error={impact.error}
                stale={impact.data !== undefined && impact.data.source !== source}
                blocked={check.data?.valid !== true}
                onAsk={() => impact.mutate(source)}
              />
            ) : check.data === undefined ? (
              <Loading label={t('edit.checking')}>
                <Skeleton className="h-24" />
              </Loading>
            ) : aside === 'findings' ? (
              <Findings check={check.data} onGoTo={(line, column) => editor.current?.goTo(line, column)} />
            ) : check.data.prose === null ? (
              <Note>{t('edit.noPreview')}</Note>
            ) : (
              <PolicyProse prose={check.data.prose} level={3} />
            )}
          </Tabs>
        </div>
      </div>
      {asking === 'publish' && check.data && (
        <PublishDialog
          shop={shop}
          source={source}
          version={policy.version}
          before={policy.prose}
          check={check.data}
          impact={impact.data?.source === source ? impact.data.answer : null}
          onClose={() => setAsking(null)}
          onPublished={onPublished}
        />
      )}
      {asking === 'discard' && (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={t('edit.discardTitle')}
          footer={
            <>
              <Button onClick={() => setAsking(null)}>{t('edit.discardKeep')}</Button>
              <Button look="danger" onClick={() => void discard()}>
                {t('edit.discard')}
              </Button>
            </>
          }
        >
          <OverlayBody>
            <p className="text-base text-ink">{t('edit.discardHint', { version: policy.version })}</p>
          </OverlayBody>
        </Dialog>
      )}
    </div>
  );
}

interface KeptLineProps {
  kept: Kept;
  changed: boolean;
  version: number;
  draft: ResponseOf<'GET /api/shops/:shop/policy'>['draft'];
}

function KeptLine({ kept, changed, version, draft }: KeptLineProps) {
  const { t } = useTranslation('policy');
  const formats = useFormats();
  const now = useNow();
  const when = (at: string) => isolate(formats.relative(at, Math.max(now, Date.parse(at))));
  const words = () => {
    if (!changed) return t('edit.unchanged', { version });
    switch (kept.state) {
      case 'saving':
        return t('edit.saving');
      case 'saved':
        return t('edit.saved', { when: when(kept.at) });
      case 'failed':
        return t('edit.notSaved', { why: kept.why });
      case 'idle':
        return draft
          ? t('draftWaits', { by: isolate(draft.by), when: when(draft.savedAt) })
          : t('edit.changed', { version });
    }
  };
  return (
    <p role="status" className={kept.state === 'failed' ? 'text-sm text-block' : 'text-sm text-muted'}>
      {words()}
    </p>
  );
}
