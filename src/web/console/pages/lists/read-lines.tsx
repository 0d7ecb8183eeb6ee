import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Note, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { UNCOUNTED } from './types.ts';

type Read = ResponseOf<'POST /api/shops/:shop/lists/entries/preview'>;
export type Line = Read['lines'][number];

/** How pasted lines were read, one by one, and whom the shop knows by them. */
export function ReadLines({ read, asDeny }: { read: Read; asDeny: boolean }) {
  const { t } = useTranslation('lists');
  const formats = useFormats();
  const counted = (count: number) => ({ count, number: formats.count(count) });
  const uncounted = UNCOUNTED.filter((each) => read.lines.some((line) => line.type === each));
  return (
    <section className="flex flex-col gap-2" aria-live="polite">
      <ul aria-label={t('add.read')} className="rounded-md border border-line text-sm">
        {read.lines.map((line) => (
          <li key={line.line} className="border-b border-line px-3 py-1.5 last:border-0">
            <span className="flex items-baseline justify-between gap-3">
              <bdi className="min-w-0 truncate font-medium" title={line.text}>
                {line.text}
              </bdi>
              <span className="shrink-0 text-muted">
                {line.type === null ? t('add.line', { number: formats.count(line.line) }) : t(`type.${line.type}`)}
              </span>
            </span>
            {line.type === null && <span className="block text-block">{t('add.sayWhich')}</span>}
            {line.refusal && <span className="block text-block">{line.refusal.message}</span>}
            {line.known && (
              <span className="block text-muted">
                {t('add.known', {
                  list: t(`add.knownList.${line.known.list}`),
                  date: isolate(formats.date(line.known.until)),
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {read.leftOut > 0 && <Note meaning="watch">{t('add.leftOut', counted(read.leftOut))}</Note>}
      {uncounted.length > 0 && (
        <p className="text-sm text-muted">
          {t('add.notCounted', { kinds: formats.list(uncounted.map((each) => t(`type.${each}`))) })}
        </p>
      )}
      {read.customers > 0 && (
        <Note meaning={asDeny && read.good > 0 ? 'watch' : 'neutral'}>
          {t('add.customers', counted(read.customers))} {asDeny && read.good > 0 && t('add.good', counted(read.good))}
        </Note>
      )}
    </section>
  );
}
