import { useTranslation } from 'react-i18next';
import {
  Badge,
  Button,
  Card,
  ErrorState,
  Field,
  Loading,
  Note,
  Section,
  Select,
  Skeleton,
  SkeletonRows,
  useAgo,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useApi } from '../../query.ts';
import { PolicyProse } from './policy-prose.tsx';

interface VersionsProps {
  shop: string;
  /** The version in force. */
  current: number;
  view: { from: string; to: string; version: string };
  onView: (change: { from?: string; to?: string; version?: string }) => void;
}

/** Every version there has been, what changed between two of them, and any one of them to read. */
export function Versions({ shop, current, view, onView }: VersionsProps) {
  const { t } = useTranslation('policy');
  const ago = useAgo();
  const versions = useApi('GET /api/shops/:shop/policy/versions', { params: { shop } });
  if (versions.error) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data)
    return (
      <Loading label={t('loading')}>
        <SkeletonRows rows={4} />
      </Loading>
    );
  const items = versions.data.items.toSorted((a, b) => b.version - a.version);
  const to = Number(view.to) || current;
  const from = Number(view.from) || (items.find((each) => each.version < to)?.version ?? to);
  const shown = Number(view.version) || null;
  return (
    <div className="grid items-start gap-8 lg:grid-cols-2">
      <Section title={t('versions.list')}>
        <Card className="divide-y divide-line">
          {items.map((each) => (
            <div key={each.version} className="flex items-start justify-between gap-4 px-4 py-3">
              <div className="min-w-0">
                <p className="flex items-center gap-2 text-base font-medium text-ink">
                  {t('versions.version', { version: each.version })}
                  {each.version === current && <Badge meaning="good">{t('versions.current')}</Badge>}
                </p>
                <p className="text-base text-ink">{each.note}</p>
                <p className="text-sm text-muted">
                  {t('versions.by', {
                    author: isolate(each.author),
                    when: isolate(ago(each.publishedAt)),
                  })}
                </p>
              </div>
              <Button
                aria-pressed={shown === each.version}
                onClick={() => onView({ version: shown === each.version ? '' : String(each.version) })}
              >
                {t('versions.read')}
                <span className="sr-only">{t('versions.version', { version: each.version })}</span>
              </Button>
            </div>
          ))}
        </Card>
      </Section>
      <div className="flex flex-col gap-8">
        <Section title={t('versions.compare')}>
          {items.length < 2 ? (
            <p className="text-base text-muted">{t('versions.only')}</p>
          ) : (
            <>
              <div className="flex gap-3">
                {(['from', 'to'] as const).map((end) => (
                  <Field key={end} label={t(`versions.${end}`)} className="grow">
                    <Select
                      value={String(end === 'from' ? from : to)}
                      onChange={(event) => onView({ [end]: event.target.value })}
                    >
                      {items.map((each) => (
                        <option key={each.version} value={each.version}>
                          {t('versions.version', { version: each.version })}
                        </option>
                      ))}
                    </Select>
                  </Field>
                ))}
              </div>
              {from === to ? (
                <p className="text-muted">{t('versions.same')}</p>
              ) : (
                <Diff shop={shop} from={from} to={to} />
              )}
            </>
          )}
        </Section>
        {shown !== null && <OneVersion shop={shop} version={shown} current={current} />}
      </div>
    </div>
  );
}

function Diff({ shop, from, to }: { shop: string; from: number; to: number }) {
  const { t } = useTranslation('policy');
  const diff = useApi('GET /api/shops/:shop/policy/diff', { params: { shop }, query: { from, to } });
  if (diff.error) return <ErrorState error={diff.error} onRetry={() => void diff.refetch()} />;
  if (!diff.data)
    return (
      <Loading label={t('versions.loading')}>
        <Skeleton className="h-24" />
      </Loading>
    );
  if (diff.data.changes.length === 0) return <p className="text-base text-muted">{t('versions.none')}</p>;
  return (
    <Card className="px-4 py-3">
      <h3 className="mb-1.5 text-sm text-muted">{t('versions.changes', { from, to })}</h3>
      <ul className="flex list-disc flex-col gap-1.5 ps-5 text-base text-ink">
        {diff.data.changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </Card>
  );
}

function OneVersion({ shop, version, current }: { shop: string; version: number; current: number }) {
  const { t } = useTranslation('policy');
  const policy = useApi('GET /api/shops/:shop/policy/versions/:version', { params: { shop, version } });
  if (policy.error) return <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />;
  if (!policy.data)
    return (
      <Loading label={t('loading')}>
        <Skeleton className="h-64" />
      </Loading>
    );
  return (
    <Section title={t('versions.version', { version })} className="border-t border-line pt-6">
      {version !== current && <Note>{t('read.old', { version })}</Note>}
      <PolicyProse prose={policy.data.prose} level={3} />
    </Section>
  );
}
