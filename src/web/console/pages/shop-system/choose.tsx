import { useTranslation } from 'react-i18next';
import { ButtonLink, Card, Disclosure, Page, PageHeader, Section } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';
import { Steps } from './steps.tsx';
import { type ConnectionRow, PLATFORMS, type PlatformName } from './types.ts';

/** Nothing is connected: what it gives, and the ways. */
export function Choose({ former }: { former: readonly ConnectionRow[] }) {
  const { t } = useTranslation('connections');
  return (
    <Page width="form">
      <PageHeader title={t('title')} answer={t('choose.answer')} />
      <Section title={t('choose.title')}>
        <PlatformChoices />
      </Section>
      {former.length > 0 && (
        <Section title={t('choose.former')} hint={t('choose.formerHint')}>
          <Card>
            <ul>
              {former.map((each) => (
                <li
                  key={each.id}
                  className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line px-4 py-2.5 text-base last:border-0"
                >
                  <span>{t(`platform.${each.platform}`)}</span>
                  <bdi className="truncate text-sm text-muted">{each.address}</bdi>
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      )}
    </Page>
  );
}

/** Each platform with the three steps it takes. */
export function PlatformChoices({ level = 3 }: { level?: 2 | 3 }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const may = shop.may('POST /api/shops/:shop/connections');
  return (
    <>
      <Card>
        <ul>
          {PLATFORMS.map((each) => (
            <Choice key={each} platform={each} may={may} level={level} />
          ))}
        </ul>
      </Card>
      {!may && <p className="text-sm text-muted">{t('choose.mayNot')}</p>}
    </>
  );
}

function Choice({ platform, may, level }: { platform: PlatformName; may: boolean; level: 2 | 3 }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const there = t(`there.${platform}`);
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <li className="flex flex-col gap-1 border-b border-line px-4 py-3 last:border-0">
      <div className="flex items-center justify-between gap-x-4 gap-y-2 max-sm:flex-wrap">
        <div className="min-w-0">
          <Heading className="text-base font-semibold text-ink">{t(`platform.${platform}`)}</Heading>
          <p className="text-sm text-muted">{t(`about.${platform}`)}</p>
        </div>
        {may && (
          <ButtonLink
            to="/shops/$shop/shop-system"
            params={{ shop: shop.slug }}
            search={{ platform }}
            aria-label={t('choose.connectThe', { there })}
            className="max-sm:w-full"
          >
            {t('choose.connect')}
          </ButtonLink>
        )}
      </div>
      <Disclosure label={t('choose.stepsOf', { there })}>
        <div className="pt-2 pb-1">
          <Steps platform={platform} />
        </div>
      </Disclosure>
    </li>
  );
}
