import { useTranslation } from 'react-i18next';
import type { Home } from '../../../../contracts/review.ts';
import { Link, useFormats } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';

/** What else waits, each leading to the list of just that. */
export function Tiles({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const formats = useFormats();
  const shop = useShop();
  const tiles = [
    {
      to: '/shops/$shop/review',
      search: { waitingFor: 'me' },
      label: t('tiles.asked'),
      hint: t('tiles.askedHint'),
      count: home.askedOfYou,
    },
    {
      to: '/shops/$shop/review',
      search: { waitingFor: 'second' },
      label: t('tiles.second'),
      hint: t('tiles.secondHint'),
      count: home.waitingForSecond,
    },
    {
      to: '/shops/$shop/measures',
      search: { ending: 'week' },
      label: t('tiles.ending'),
      hint: t('tiles.endingHint'),
      count: home.endingSoon,
    },
  ] as const;
  return (
    <ul aria-label={t('tiles.label')} className="grid grid-cols-3 gap-3 max-md:gap-2">
      {tiles.map((tile) => (
        <li key={tile.label}>
          <Link
            quiet
            to={tile.to}
            params={{ shop: shop.slug }}
            search={tile.search}
            className="flex h-full items-center gap-4 rounded-lg border border-line bg-surface px-4 py-3 no-underline! transition-colors hover:bg-hover max-lg:flex-col max-lg:items-start max-lg:gap-0.5 max-lg:px-3"
          >
            <span className={`tabular min-w-6 text-xl font-semibold ${tile.count > 0 ? 'text-ink' : 'text-faint'}`}>
              {formats.count(tile.count)}
            </span>
            <span className="min-w-0">
              <span className="block text-base font-medium max-lg:text-sm">{tile.label}</span>
              <span className="block text-sm text-muted max-lg:hidden">{tile.hint}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
