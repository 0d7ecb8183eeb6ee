import { useTranslation } from 'react-i18next';
import { Card, Icon, Note, useAgo, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useShop } from '../../session.tsx';
import type { AbilityRow, Check } from './types.ts';

interface CheckResultProps {
  check: Check;
  abilities: readonly AbilityRow[];
}

/** What a test of the connection found: whether it works, what is missing right by right, and what is lost without it. */
export function CheckResult({ check, abilities }: CheckResultProps) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const ago = useAgo();
  const missing = check.scopes.some((scope) => !scope.granted);
  const works = check.ok && !missing ? 'ok' : check.problem === null ? 'part' : 'no';
  // A system that cannot be reached from here has said nothing, and so not that it works.
  const nothingAsked = works === 'ok' && check.scopes.length === 0 && check.shopName === null && check.notes.length > 0;
  const otherCurrency = check.currency !== null && check.currency !== shop.currency ? check.currency : null;
  return (
    <div className="flex flex-col gap-3">
      {!nothingAsked && (
        <Note meaning={works === 'ok' ? 'good' : works === 'part' ? 'watch' : 'block'}>
          <p className="font-medium">{t(`check.${works}`)}</p>
          {check.problem !== null && (
            <>
              <p className="wrap-anywhere">{check.problem.what}</p>
              <p className="wrap-anywhere">{check.problem.todo}</p>
            </>
          )}
        </Note>
      )}
      <Facts check={check} />
      {otherCurrency !== null && (
        <Note meaning="watch">{t('check.otherCurrency', { theirs: otherCurrency, ours: shop.currency })}</Note>
      )}
      {check.notes.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 ps-5 text-base text-ink">
          {check.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {check.scopes.length > 0 && <Rights check={check} abilities={abilities} />}
      <p className="text-sm text-muted">{t('check.at', { when: isolate(ago(check.at)) })}</p>
    </div>
  );
}

/** Who answered there. */
function Facts({ check }: { check: Check }) {
  const { t } = useTranslation('connections');
  const facts = (['shopName', 'currency', 'timeZone', 'version'] as const).flatMap((name) => {
    const value = check[name];
    return value === null ? [] : [{ name, value }];
  });
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {facts.map(({ name, value }) => (
        <div key={name} className="flex gap-1.5">
          <dt className="text-muted">{t(`check.${name === 'shopName' ? 'shop' : name}`)}</dt>
          <dd className="font-medium text-ink">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Those that are missing first: each with what is lost without it. */
function Rights({ check, abilities }: CheckResultProps) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const titles = new Map(abilities.map((each) => [each.name, each.title]));
  const missing = check.scopes.filter((scope) => !scope.granted);
  const granted = check.scopes.filter((scope) => scope.granted);
  return (
    <Card>
      <h3 className="border-b border-line px-4 py-2 text-sm font-semibold text-ink">{t('check.rights')}</h3>
      <ul>
        {missing.map((scope) => (
          <li key={scope.name} className="flex items-start gap-2.5 border-b border-line px-4 py-2 last:border-0">
            <Icon name="alert" className="mt-1 text-restrict" />
            <div className="min-w-0">
              <p className="text-base text-ink">
                <code dir="ltr" className="font-mono text-sm wrap-anywhere">
                  {scope.name}
                </code>{' '}
                <span className="text-sm font-medium text-restrict">{t('check.missing')}</span>
              </p>
              {scope.for.length > 0 && (
                <p className="text-sm text-muted">
                  {t('check.lost', { what: formats.list(scope.for.map((name) => titles.get(name) ?? name)) })}
                </p>
              )}
            </div>
          </li>
        ))}
        {granted.length > 0 && (
          <li className="flex items-start gap-2.5 px-4 py-2">
            <Icon name="check" className="mt-1 text-good" />
            <div className="min-w-0">
              <p className="text-base text-ink">
                {missing.length === 0 ? t('check.allGiven', { count: granted.length }) : t('check.granted')}
              </p>
              <p dir="ltr" className="font-mono text-xs text-muted wrap-anywhere rtl:text-end">
                {granted.map((scope) => scope.name).join(', ')}
              </p>
            </div>
          </li>
        )}
      </ul>
    </Card>
  );
}
