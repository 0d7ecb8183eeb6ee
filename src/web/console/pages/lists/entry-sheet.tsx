import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button, OverlayBody, OverlayClose, Sheet, useFormats, useNow } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { ChangeList } from './changes.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { doesLongOf, doesOf, type Entry, MEANING, TOUCHES } from './types.ts';

interface EntrySheetProps {
  entry: Entry;
  may: boolean;
  onClose: () => void;
  onChanged: (entry: Entry) => void;
}

/** One entry: what it does, why, whom it met, what was done to it; and what can be done now. */
export function EntrySheet({ entry, may, onClose, onChanged }: EntrySheetProps) {
  const { t } = useTranslation('lists');
  const shop = useShop();
  const formats = useFormats();
  const now = useNow();
  const [extending, setExtending] = useState(false);
  const { id, value, reason } = entry;
  const ended = Date.parse(entry.until) <= now;
  const past = useApi('GET /api/shops/:shop/lists/changes', { params: { shop: shop.slug }, query: { entry: id } });
  const remove = useAction<'POST /api/shops/:shop/lists/remove', 'POST /api/shops/:shop/lists/entries'>(
    'POST /api/shops/:shop/lists/remove',
    {
      touches: TOUCHES,
      says: () => t('detail.removed'),
      undo: () =>
        value === null || reason === null || ended
          ? null
          : {
              route: 'POST /api/shops/:shop/lists/entries',
              args: { params: { shop: shop.slug }, body: { entries: [again(entry, value, reason)] } },
              says: t('detail.putBack'),
            },
    },
  );
  const does = doesOf(entry);
  const date = (at: string) => isolate(formats.date(at));
  return (
    <Sheet
      open
      onOpenChange={(next) => !next && onClose()}
      title={value === null ? t('erased') : <bdi className="break-words">{value}</bdi>}
      description={t(`type.${entry.type}`)}
      footer={
        <>
          <OverlayClose>
            <Button>{t('detail.close')}</Button>
          </OverlayClose>
          {may && (
            <>
              <Button
                look="danger"
                icon="trash"
                pending={remove.isPending}
                onClick={() =>
                  remove.mutate({ params: { shop: shop.slug }, body: { entries: [id] } }, { onSuccess: onClose })
                }
              >
                {t('detail.remove')}
              </Button>
              <Button icon="clock" onClick={() => setExtending(true)}>
                {t('detail.extend')}
              </Button>
            </>
          )}
        </>
      }
    >
      <OverlayBody>
        <div className="flex flex-col gap-1.5">
          <p className="flex flex-wrap gap-2">
            <Badge meaning={MEANING[does]}>{t(`does.${does}`)}</Badge>
            {entry.harder && <Badge meaning="watch">{t('harder')}</Badge>}
          </p>
          <p className="text-base text-muted">{t(`doesLong.${doesLongOf(entry)}`)}</p>
        </div>
        <section>
          <h3 className="text-sm font-medium">{t('detail.reason')}</h3>
          <p className="text-base text-muted">{reason === null ? t('erased') : <bdi>{reason}</bdi>}</p>
        </section>
        <ul className="flex flex-col gap-1 text-base">
          <li>
            {t('detail.since', {
              date: date(entry.createdAt),
              name: isolate(entry.createdBy?.name ?? t('commandLine')),
            })}
          </li>
          <li>{t(ended ? 'detail.ended' : 'detail.until', { date: date(entry.until) })}</li>
          <li className="text-muted">
            {entry.lastHitAt === null
              ? t('hits.neverSince', { date: date(entry.createdAt) })
              : t(entry.list === 'allow' ? 'hits.passedLast' : 'hits.stoppedLast', {
                  count: entry.hits,
                  number: formats.count(entry.hits),
                  date: date(entry.lastHitAt),
                })}
          </li>
        </ul>
        <section className="flex flex-col gap-1">
          <h3 className="text-sm font-medium">{t('detail.past')}</h3>
          <ChangeList query={past} />
        </section>
      </OverlayBody>
      {extending && <ExtendDialog entry={entry} onClose={() => setExtending(false)} onExtended={onChanged} />}
    </Sheet>
  );
}

/** What puts an entry back as it was; whoever put it there meant it. */
const again = ({ list, type, until, answer }: Entry, value: string, reason: string) => ({
  list,
  type,
  value,
  reason,
  until,
  meant: true,
  ...(answer !== null && { answer }),
});
