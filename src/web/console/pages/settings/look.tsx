import { useTranslation } from 'react-i18next';
import { Card, CopyableId, ErrorState, Note, Section, Skeleton } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { Colour } from './colour.tsx';
import { Logo } from './logo.tsx';
import { PublicAddress } from './public-address.tsx';

/** How customers see the shop, and where they reach it. */
export function Look() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const params = { shop: shop.slug };
  const branding = useApi('GET /api/shops/:shop/branding', { params });
  const settings = useApi('GET /api/shops/:shop/settings', { params });
  const error = branding.error ?? settings.error;
  if (error)
    return <ErrorState error={error} onRetry={() => void Promise.all([branding.refetch(), settings.refetch()])} />;
  if (!branding.data || !settings.data) return <Skeleton className="h-120 w-full" />;
  const may = shop.may('PUT /api/shops/:shop/branding');
  const origin = settings.data.publicUrl?.replace(/\/$/, '') ?? location.origin;
  return (
    <Section title={t('look.title')} hint={t('look.hint')}>
      {!may && <Note>{t('mayNot')}</Note>}
      <div className="flex flex-col gap-8">
        <Colour key={`colour ${branding.data.accentColour}`} accent={branding.data.accentColour} may={may} />
        <Logo has={branding.data.logo} may={may} />
        <PublicAddress key={`address ${settings.data.publicUrl}`} address={settings.data.publicUrl} may={may} />
        <Card className="flex flex-col gap-3 px-4 py-3 text-sm">
          <Place label={t('look.portal')} address={`${origin}/c/${shop.slug}`} />
          <Place label={t('look.policy')} address={`${origin}/policy/${shop.slug}`} />
        </Card>
      </div>
    </Section>
  );
}

function Place({ label, address }: { label: string; address: string }) {
  return (
    <p className="min-w-0">
      <span className="block text-muted">{label}</span>
      <CopyableId value={address} label={label} className="-ms-1" />
    </p>
  );
}
