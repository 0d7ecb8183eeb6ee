import { useTranslation } from 'react-i18next';
import type { AppealDetail, AppealPreview } from '../../../../contracts/appeals.ts';
import {
  Button,
  Icon,
  Skeleton,
  STANDING_OF_STEP,
  StandingBadge,
  StandingMark,
  useFormats,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { conditionWords } from '../../conduct/conditions/words.ts';
import type { Outcome } from './use-outcome.ts';

interface ThenProps {
  detail: AppealDetail;
  outcome: Outcome;
  /** Only the answer, without what becomes of each measure. */
  brief: boolean;
}

/** What would be left if it were decided as marked: the standing, each measure, and what that amounts to. */
export function Then({ detail, outcome, brief }: ThenProps) {
  const { t } = useTranslation('appeals');
  const { preview, behind, error } = outcome;
  if (error && !preview)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 text-base text-ink">
        {t('then.failed')} <span className="text-muted">{error.message}</span>
        <Button onClick={outcome.again}>{t('then.retry')}</Button>
      </p>
    );
  return (
    <div className="flex flex-col gap-2.5">
      <Answer detail={detail} preview={preview} behind={behind} />
      {!brief && preview && <Consequences preview={preview} detail={detail} behind={behind} />}
    </div>
  );
}

/** "Restricted → Good. This amounts to upholding the appeal." */
function Answer({
  detail,
  preview,
  behind,
}: {
  detail: AppealDetail;
  preview: AppealPreview | undefined;
  behind: boolean;
}) {
  const { t } = useTranslation('appeals');
  return (
    <div role="status" aria-busy={behind || undefined} className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <span className="flex items-center gap-2">
        <span className="sr-only">{t('then.standing')}</span>
        <StandingBadge standing={preview?.standingNow ?? detail.customerStanding} />
        <Icon name="arrowEnd" className="text-muted" />
        {preview === undefined || behind ? (
          <>
            <span className="sr-only">{t('then.loading')}</span>
            <Skeleton className="h-5.5 w-24 rounded-full" />
          </>
        ) : (
          <StandingBadge standing={preview.standingThen} />
        )}
      </span>
      {preview === undefined || behind ? (
        <Skeleton className="h-4 w-64 max-w-full" />
      ) : (
        <span className="text-base font-medium text-ink">{t(`then.suggests.${preview.suggests}`)}</span>
      )}
    </div>
  );
}

function Consequences({ preview, detail, behind }: { preview: AppealPreview; detail: AppealDetail; behind: boolean }) {
  const { t } = useTranslation(['appeals', 'events']);
  return (
    <div className="flex flex-col gap-2">
      {preview.consequences.length === 0 ? (
        <p className="text-sm text-muted">{t('then.none')}</p>
      ) : (
        <ul aria-label={t('then.details')} className="flex flex-col gap-1.5">
          {preview.consequences.map((each) => (
            <li key={each.measure.id} className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <span className="inline-flex items-center gap-1.5 font-medium text-ink">
                <StandingMark standing={STANDING_OF_STEP[each.measure.type]} />
                {t(`events:measureType.${each.measure.type}`)}
              </span>
              {behind ? (
                <Skeleton className="h-3 w-40 self-center" />
              ) : (
                <>
                  <Result consequence={each} />
                  <span className="text-muted">{each.why}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {!behind && <Rules now={detail.traces} then={preview.traces} />}
    </div>
  );
}

function Result({ consequence }: { consequence: AppealPreview['consequences'][number] }) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  const { result, until } = consequence;
  return (
    <span className={result === 'stands' ? 'text-ink' : 'font-medium text-good'}>
      {result === 'reduced' && until !== null
        ? t('then.result.reducedUntil', { date: isolate(formats.date(until)) })
        : t(`then.result.${result}`)}
    </span>
  );
}

/** Rules that would be judged otherwise, or whose figures would move: now, then, and what the policy says. */
function Rules({ now, then }: { now: AppealDetail['traces']; then: AppealPreview['traces'] }) {
  const { t } = useTranslation(['appeals', 'metrics']);
  const { t: metrics } = useTranslation('metrics');
  const formats = useFormats();
  const before = new Map(now.map((rule) => [rule.id, rule]));
  const moved = then.flatMap((rule) => {
    const was = before.get(rule.id);
    if (!was) return [];
    const figures = rule.conditions.flatMap((condition, index) => {
      const old = was.conditions[index];
      if (!old || old.value === condition.value) return [];
      const words = conditionWords(condition, metrics, formats);
      return [
        t('then.figure', {
          now: isolate(conditionWords(old, metrics, formats).value ?? t('then.unknown')),
          sentence: words.sentence,
          limit: words.limit,
        }),
      ];
    });
    return figures.length > 0 || rule.outcome !== was.outcome ? [{ rule, figures }] : [];
  });
  if (moved.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-sm text-ink">
      {moved.map(({ rule, figures }) => (
        <li key={rule.id}>
          {t(`then.rule.${rule.outcome}`, { title: rule.title })}
          {figures.map((figure) => (
            <span key={figure} className="block text-muted">
              {figure}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
