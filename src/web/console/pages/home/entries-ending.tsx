import { useTranslation } from 'react-i18next';
import type { Home } from '../../../../contracts/review.ts';
import { Link, Note } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';

/** Entries of the lists that end soon: whoever answers for them looks whether they are still needed. */
export function EntriesEnding({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const shop = useShop();
  if (home.entriesEnding === 0) return null;
  return (
    <Note>
      {t('lists.ending', { count: home.entriesEnding })}{' '}
      <Link to="/shops/$shop/lists" params={{ shop: shop.slug }} search={{ show: 'ending' }}>
        {t('lists.look')}
      </Link>
    </Note>
  );
}
