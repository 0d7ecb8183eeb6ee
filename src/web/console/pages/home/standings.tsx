import { useTranslation } from 'react-i18next';
import type { Home } from '../../../../contracts/review.ts';
import { Card, Link, Section, type Standing, StandingBadge, useFormats } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';

const ORDER: readonly Standing[] = ['good', 'watched', 'warned', 'restricted', 'blocked'];

/** How many stand how, each leading to those customers. */
export function Standings({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const formats = useFormats();
  const shop = useShop();
  return (
    <Section
      title={t('standings.title')}
      actions={
        <span className="text-sm text-muted">
          {t('standings.of', { count: home.customers, formatted: formats.count(home.customers) })}
        </span>
      }
    >
      <Card>
        <ul className="py-1">
          {ORDER.map((standing) => (
            <li key={standing}>
              <Link
                quiet
                to="/shops/$shop/customers"
                params={{ shop: shop.slug }}
                search={{ standing: [standing] }}
                className="flex row-height items-center justify-between gap-3 px-4 no-underline! hover:bg-hover focus-visible:-outline-offset-2"
              >
                <StandingBadge standing={standing} plain />
                <span className="tabular text-sm text-muted">{formats.count(home.standings[standing])}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
