import { useTranslation } from 'react-i18next';
import type { ImportPreview as Preview } from '../../../../contracts/lists.ts';
import { Disclosure, Note, useFormats } from '../../../ui/index.ts';
import { TYPES, UNCOUNTED } from './types.ts';

/** What a file would do: how many of each, what cannot be taken and why, and whom it could hit. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const { t } = useTranslation('lists');
  const formats = useFormats();
  const counted = (count: number) => ({ count, number: formats.count(count) });
  const uncounted = UNCOUNTED.filter((each) => preview.byType[each] !== undefined);
  const fresh = preview.added + preview.changed;
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-base">
        {(['added', 'changed', 'same'] as const)
          .filter((each) => preview[each] > 0)
          .map((each) => (
            <li key={each}>{t(`import.${each === 'added' ? 'new' : each}`, counted(preview[each]))}</li>
          ))}
      </ul>
      {fresh === 0 && <Note>{t('import.nothing')}</Note>}
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        {TYPES.filter((type) => preview.byType[type] !== undefined).map((type) => (
          <li key={type}>
            {t(`type.${type}`)}: {formats.count(preview.byType[type] ?? 0)}
          </li>
        ))}
      </ul>
      {uncounted.length > 0 && (
        <p className="text-sm text-muted">
          {t('add.notCounted', { kinds: formats.list(uncounted.map((each) => t(`type.${each}`))) })}
        </p>
      )}
      {preview.customers > 0 && (
        <Note meaning={preview.good > 0 ? 'watch' : 'neutral'}>
          {t('add.customers', counted(preview.customers))} {preview.good > 0 && t('add.good', counted(preview.good))}
        </Note>
      )}
      {preview.harder > 0 && <Note meaning="watch">{t('import.harder', counted(preview.harder))}</Note>}
      {preview.turned > 0 && <Note meaning="watch">{t('import.turned', counted(preview.turned))}</Note>}
      {preview.wide.length > 0 && (
        <section className="flex flex-col gap-1">
          <h3 className="text-sm font-medium">{t('import.wide')}</h3>
          <ul className="text-sm">
            {preview.wide.map((each) => (
              <li key={each.value} className="flex justify-between gap-3 border-b border-line py-1 last:border-0">
                <bdi className="font-mono text-xs">{each.value}</bdi>
                <span className="text-muted">
                  {each.addresses === null
                    ? t('import.everybodys')
                    : t('import.addresses', { count: 2, number: formats.count(each.addresses) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {preview.refusals.length > 0 && (
        <Disclosure label={t('import.refused', counted(preview.refused))}>
          <table className="mt-1 w-full text-sm">
            <thead>
              <tr className="border-b border-line text-xs text-muted">
                <th scope="col" className="py-1.5 pe-4 text-start font-medium">
                  {t('import.where')}
                </th>
                <th scope="col" className="py-1.5 text-start font-medium">
                  {t('import.why')}
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.refusals.map((each) => (
                <tr key={each.where} className="border-b border-line align-top last:border-0">
                  <td className="py-1.5 pe-4 whitespace-nowrap">{each.where}</td>
                  <td className="py-1.5 text-muted">
                    {each.message} {each.unlessMeant && <em className="not-italic">({t('import.unlessMeant')})</em>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Disclosure>
      )}
    </div>
  );
}
