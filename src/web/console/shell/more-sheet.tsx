import { useTranslation } from 'react-i18next';
import { Icon, Link, OverlayBody, Sheet } from '../../ui/index.ts';
import { useShop } from '../session.tsx';
import { useCounts } from './counts.ts';
import { PLACES } from './nav.ts';
import { CountMark } from './sidebar.tsx';

/** On a phone: the places that have no room in the bar. */
export default function MoreSheet({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  const shop = useShop();
  const counts = useCounts();
  return (
    <Sheet open onOpenChange={onOpenChange} title={t('nav.more')}>
      <OverlayBody className="gap-1">
        {PLACES.filter((place) => !place.onPhone).map(({ to, icon, label, counts: what }) => (
          <Link
            key={to}
            to={to}
            params={{ shop: shop.slug }}
            onClick={() => onOpenChange(false)}
            className="flex h-12 items-center gap-3 rounded-md px-2 text-lg text-ink no-underline! aria-[current=page]:bg-selected"
          >
            <Icon name={icon} className="text-muted" />
            <span className="grow">{t(label)}</span>
            {what && <CountMark count={counts[what]} />}
          </Link>
        ))}
      </OverlayBody>
    </Sheet>
  );
}
