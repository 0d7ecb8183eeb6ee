import { useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../../contracts/customers.ts';
import { ErrorState } from '../../../ui/index.ts';
import type { Family } from '../../conduct/events/registry.ts';
import { families } from '../../conduct/events/registry.ts';
import { personInSentence, personName } from '../../conduct/person.tsx';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { rememberPlace } from '../../shell/recent.ts';
import { useView } from '../../view.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { CustomerHeader } from './header.tsx';
import { Links } from './links.tsx';
import { MeasureDialog } from './measure-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { type Doing, Now } from './now.tsx';
import { PortalDialog } from './portal-dialog.tsx';
import { Readings } from './readings.tsx';
import { CustomerSkeleton } from './skeleton.tsx';
import { type Marked, Timeline } from './timeline.tsx';

const VIEW = { family: [] as readonly string[], event: '' };

/** Who is this, and what happened? */
export default function CustomerPage() {
  const { id } = useParams({ from: '/shops/$shop/customers/$id' });
  return <OneCustomer key={id} id={id} />;
}

function OneCustomer({ id }: { id: string }) {
  const { t } = useTranslation('events');
  const shop = useShop();
  const customer = useApi('GET /api/shops/:shop/customers/:id', { params: { shop: shop.slug, id } });
  const [view, setView] = useView(VIEW);
  const [marked, setMarked] = useState<Marked | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [correcting, setCorrecting] = useState<TimelineEntry | null>(null);

  const known = customer.data;
  useEffect(() => {
    if (known) rememberPlace(shop.slug, { customer: known.id, name: personName(known, t) });
  }, [known, shop.slug, t]);

  if (customer.error) return <ErrorState error={customer.error} onRetry={() => void customer.refetch()} />;
  const chosen = families.filter((family) => view.family.includes(family));
  const close = () => setDoing(null);

  return (
    <div className="mx-auto flex w-full max-w-[100rem] flex-col gap-6 px-4 py-5 md:px-8 md:py-7">
      {known === undefined ? (
        <CustomerSkeleton />
      ) : (
        <>
          <CustomerHeader shop={shop.slug} customer={known} />
          {!known.erased && <Links shop={shop} customer={known.id} name={personName(known, t)} />}
          <div className="grid items-start gap-6 xl:grid-cols-[22rem_minmax(0,1fr)] xl:max-wide:grid-rows-[auto_1fr] wide:grid-cols-[22rem_minmax(0,1fr)_20rem]">
            <Aside className="max-xl:order-2 xl:max-wide:col-start-1 xl:max-wide:row-start-1">
              <Readings
                shop={shop.slug}
                customer={known}
                onMark={(next) => {
                  setMarked(next);
                  setView({ family: [], event: next.counted[0] ?? [...next.excluded.keys()][0] ?? '' });
                }}
              />
            </Aside>
            <div className="min-w-0 max-xl:order-3 xl:max-wide:col-start-2 xl:max-wide:row-span-2 xl:max-wide:row-start-1">
              <Timeline
                shop={shop.slug}
                customer={known}
                chosen={chosen}
                onChoose={(next: Family[]) => setView({ family: next })}
                marked={marked}
                onUnmark={() => {
                  setMarked(null);
                  setView({ event: '' });
                }}
                goTo={view.event || null}
                onGoTo={(event) => setView({ event: event ?? '' })}
                onCorrect={setCorrecting}
              />
            </div>
            <Aside className="max-xl:order-1 xl:max-wide:col-start-1 xl:max-wide:row-start-2">
              <Now shop={shop} customer={known} onDo={setDoing} />
            </Aside>
          </div>
          {doing === 'note' && (
            <NoteDialog shop={shop.slug} id={id} name={personInSentence(known, t)} onClose={close} />
          )}
          {doing === 'portal' && (
            <PortalDialog shop={shop.slug} id={id} name={personInSentence(known, t)} onClose={close} />
          )}
          {doing !== null && doing !== 'note' && doing !== 'portal' && (
            <MeasureDialog shop={shop.slug} id={id} name={personInSentence(known, t)} type={doing} onClose={close} />
          )}
          {correcting && (
            <CorrectDialog
              shop={shop.slug}
              id={id}
              name={personInSentence(known, t)}
              entry={correcting}
              onClose={() => setCorrecting(null)}
            />
          )}
        </>
      )}
    </div>
  );
}

/** A column that stays in sight beside the timeline on wide screens, shares its place with the other on a laptop, and stands above it on a phone. */
function Aside({ className, children }: { className: string; children: ReactNode }) {
  return (
    <div
      className={`min-w-0 wide:sticky wide:top-4 wide:max-h-[calc(100dvh-2rem)] wide:overflow-y-auto wide:pb-2 ${className}`}
    >
      {children}
    </div>
  );
}
