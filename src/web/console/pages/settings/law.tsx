import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Card, Disclosure, ErrorState, Note, Section, SkeletonRows, useFormats } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';

type Law = ResponseOf<'GET /api/shops/:shop/law'>;
type Place = Law['places'][number];
type Entry = Place['entries'][number];

/** What the law asks of the shop, by the places its customers live in, each with its source. */
export function LawHere() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const formats = useFormats();
  const law = useApi('GET /api/shops/:shop/law', { params: { shop: shop.slug } });
  return (
    <Section title={t('law.title')} hint={law.data?.notAdvice} className="mt-8">
      {law.error ? (
        <ErrorState error={law.error} onRetry={() => void law.refetch()} />
      ) : !law.data ? (
        <Card>
          <SkeletonRows rows={3} />
        </Card>
      ) : (
        <>
          {law.data.unknown.map((code) => (
            <Note key={code} meaning="watch">
              {t('law.unknown', { place: formats.region(code.slice(0, 2)) })}
            </Note>
          ))}
          {law.data.partly.map(({ code, as }) => (
            <Note key={code}>
              {t('law.partly', { place: formats.region(code.slice(0, 2)), wider: formats.region(as) })}
            </Note>
          ))}
          {law.data.places.length + law.data.unknown.length === 0 && <Note>{t('law.none')}</Note>}
          {law.data.places.map((place) => (
            <PlaceOfLaw key={place.code} place={place} />
          ))}
        </>
      )}
    </Section>
  );
}

function PlaceOfLaw({ place }: { place: Place }) {
  const { t } = useTranslation('settings');
  const formats = useFormats();
  return (
    <Card>
      <div className="flex flex-col gap-3 p-4">
        <h3 className="text-base font-semibold">{formats.region(place.code)}</h3>
        <Entries entries={place.entries} />
        {place.onlyForPlatforms.length > 0 && (
          <Disclosure label={t('law.platforms')}>
            <p className="max-w-prose py-1 text-sm text-muted">{t('law.platformsHint')}</p>
            <Entries entries={place.onlyForPlatforms} />
          </Disclosure>
        )}
        {place.bodies.length > 0 && (
          <Disclosure label={t('law.bodies')}>
            <ul className="flex flex-col gap-2 py-2">
              {place.bodies.map((body) => (
                <li key={body.id}>
                  <Outside href={body.url}>{body.name}</Outside>
                  <p className="text-muted">{body.sentence}</p>
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
      </div>
    </Card>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('settings');
  const formats = useFormats();
  return (
    <dl className="flex flex-col gap-3">
      {entries.map((entry) => (
        <div key={entry.id} className="max-w-prose">
          <dt className="font-medium">{entry.topic}</dt>
          <dd>{entry.sentence}</dd>
          <dd className="text-sm text-muted">
            <Outside href={entry.source.url}>{`${entry.source.act}, ${entry.source.article}`}</Outside>
            {entry.from && ` · ${t('law.from', { date: formats.date(entry.from) })}`}
            {` · ${t('law.checked', { date: formats.date(entry.checked) })}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A page that is not ours. Its name is in its own language, whichever way that is written. */
function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="underline underline-offset-2 hover:text-accent">
      <bdi>{children}</bdi>
    </a>
  );
}
