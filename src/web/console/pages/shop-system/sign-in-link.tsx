import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../../ui/index.ts';
import { addressOf } from '../../api.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { usePlatformNames } from './names.ts';
import type { Connection } from './types.ts';

/** Leads to the platform to sign in there, where it offers that; nothing elsewhere. Back from there one is connected. */
export function SignInLink({ connection, primary = false }: { connection: Connection; primary?: boolean }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const names = usePlatformNames(connection.platform);
  const platforms = useApi('GET /api/platforms', {});
  if (!platforms.data?.items.some((each) => each.name === connection.platform && each.signsIn)) return null;
  return (
    <a
      href={addressOf(`/connect/${connection.platform}/start`, {}, { shop: shop.slug, connection: connection.id })}
      className={buttonClass(primary ? 'primary' : 'secondary')}
    >
      {t('connect.signIn', names)}
    </a>
  );
}
