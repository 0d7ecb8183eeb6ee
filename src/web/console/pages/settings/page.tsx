import { useTranslation } from 'react-i18next';
import { Page, PageHeader, Tabs } from '../../../ui/index.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { Webhooks } from '../webhooks/list.tsx';
import { Appeals } from './appeals.tsx';
import { Keys } from './keys.tsx';
import { LawHere } from './law.tsx';
import { Look } from './look.tsx';
import { Mail } from './mail.tsx';
import { MyPassword } from './my-password.tsx';
import { Outage } from './outage.tsx';
import { ShopForm } from './shop-form.tsx';
import { Staff } from './staff.tsx';

const TABS = ['shop', 'mail', 'look', 'appeals', 'staff', 'keys', 'webhooks', 'me'] as const;
type Tab = (typeof TABS)[number];
const DEFAULTS = { tab: 'shop' };

/** How does this shop work, and who may do what? */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const [view, setView] = useView(DEFAULTS);
  const tab = TABS.find((each) => each === view.tab) ?? 'shop';
  const owns = shop.may('GET /api/shops/:shop/keys');
  const shown = TABS.filter((each) => (each !== 'keys' && each !== 'mail') || owns);
  const panel: Record<Tab, React.ReactNode> = {
    shop: (
      <>
        <ShopForm />
        <LawHere />
        <Outage />
      </>
    ),
    mail: <Mail />,
    look: <Look />,
    appeals: <Appeals />,
    staff: <Staff />,
    keys: <Keys />,
    webhooks: <Webhooks />,
    me: <MyPassword />,
  };
  return (
    <Page width="form">
      <PageHeader title={t('title')} answer={t('answer')} />
      <Tabs
        label={t('tabs.label')}
        value={tab}
        onChange={(next) => setView({ tab: next })}
        tabs={shown.map((each) => ({ value: each, label: t(`tabs.${each}`) }))}
      >
        {panel[tab]}
      </Tabs>
    </Page>
  );
}
