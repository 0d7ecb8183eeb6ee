import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, Link, Note, Skeleton, STANDING_OF_STEP, StandingMark, useFormats } from '../../../ui/index.ts';
import { PersonName } from '../../conduct/person.tsx';

export type ImpactAnswer = ResponseOf<'POST /api/shops/:shop/policy/impact'>;

interface ImpactProps {
  shop: string;
  answer: ImpactAnswer | undefined;
  pending: boolean;
  error: Error | null;
  /** The text has changed since the answer. */
  stale: boolean;
  /** The text cannot be judged by while something must be mended. */
  blocked: boolean;
  onAsk: () => void;
}

/** Who would be proposed something, or no longer, if this text were the policy now. */
export function Impact({ shop, answer, pending, error, stale, blocked, onAsk }: ImpactProps) {
  const { t } = useTranslation('policy');
  const formats = useFormats();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{t('impact.hint')}</p>
      {error && <Note meaning="block">{t('impact.failed', { why: error.message })}</Note>}
      {pending && !answer && (
        <div role="status">
          <span className="sr-only">{t('impact.working')}</span>
          <Skeleton className="h-16" />
        </div>
      )}
      {answer && (
        <div aria-live="polite" className="flex flex-col gap-3">
          <p className="text-base font-medium text-ink">
            {answer.added.length + answer.removed.length === 0
              ? t('impact.same', { count: answer.proposalsNow })
              : t('impact.counts', {
                  now: formats.count(answer.proposalsNow),
                  after: formats.count(answer.proposalsThen),
                })}
          </p>
          <People shop={shop} title={t('impact.added', { count: answer.added.length })} people={answer.added} />
          <People shop={shop} title={t('impact.removed', { count: answer.removed.length })} people={answer.removed} />
          <p className="text-xs text-muted">
            {t('impact.judged', { evaluated: formats.count(answer.evaluated), total: formats.count(answer.total) })}{' '}
            {stale && t('impact.stale')}
          </p>
          <p className="text-xs text-muted">{t('impact.live')}</p>
        </div>
      )}
      <div>
        <Button pending={pending} disabled={blocked} onClick={onAsk}>
          {t(answer ? 'impact.again' : 'impact.ask')}
        </Button>
        {blocked && <p className="mt-1 text-sm text-muted">{t('impact.mend')}</p>}
      </div>
    </div>
  );
}

const SHOWN = 12;

function People({ shop, title, people }: { shop: string; title: string; people: ImpactAnswer['added'] }) {
  const { t } = useTranslation(['policy', 'events']);
  if (people.length === 0) return null;
  return (
    <div>
      <h3 className="text-sm font-medium text-ink">{title}</h3>
      <ul className="flex flex-col">
        {people.slice(0, SHOWN).map((each) => (
          <li key={`${each.customer.id} ${each.rule}`} className="flex items-baseline gap-2 py-0.5 text-sm">
            <StandingMark standing={STANDING_OF_STEP[each.type]} className="self-center" />
            <Link quiet to="/shops/$shop/customers/$id" params={{ shop, id: each.customer.id }} className="font-medium">
              <PersonName person={each.customer} />
            </Link>
            <span className="truncate text-muted">
              {t(`events:stepType.${each.type}`)}: {each.rule}
            </span>
          </li>
        ))}
      </ul>
      {people.length > SHOWN && (
        <p className="text-sm text-muted">{t('impact.more', { count: people.length - SHOWN })}</p>
      )}
    </div>
  );
}
