import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconButton, Menu, MenuChoice, MenuItem, MenuSeparator, toast } from '../../ui/index.ts';
import { chooseLanguage, LANGUAGES } from '../i18n.ts';
import { signOut, useShop, useStaff } from '../session.tsx';
import { chooseTheme, useTheme } from '../theme.ts';
import { AccountFace } from './lazy-menus.tsx';

interface AccountMenuProps {
  onShortcuts?: () => void;
  /** Only a picture of a person, for the top of a phone. */
  compact?: boolean;
}

/** Who is signed in, how the console looks, and the way out. */
export default function AccountMenu({ onShortcuts, compact }: AccountMenuProps) {
  const { t, i18n } = useTranslation();
  const shop = useShop();
  const staff = useStaff();
  const theme = useTheme();
  const navigate = useNavigate();
  const leave = () =>
    signOut()
      .then(() => navigate({ to: '/sign-in' }))
      .catch((error: Error) => toast({ title: error.message, meaning: 'failed' }));
  const trigger = compact ? (
    <IconButton icon="person" label={t('account.label')} />
  ) : (
    <button
      type="button"
      className="flex control-height min-w-0 grow items-center gap-2.5 rounded-md px-2.5 text-sm text-muted hover:bg-hover hover:text-ink"
    >
      <AccountFace />
    </button>
  );
  return (
    <Menu trigger={trigger} side={compact ? 'bottom' : 'top'} align={compact ? 'end' : 'start'}>
      <div className="px-2 pt-1.5 pb-1">
        <div className="font-medium text-ink">{staff?.name}</div>
        <div className="text-xs text-muted">{staff?.email}</div>
        <div className="text-xs text-muted">
          {t('account.roleIn', { role: t(`role.${shop.role}`), shop: shop.name })}
        </div>
      </div>
      <MenuSeparator />
      <MenuChoice
        label={t('theme.label')}
        value={theme}
        onChange={chooseTheme}
        options={[
          { value: 'system', label: t('theme.system'), icon: 'screen' },
          { value: 'light', label: t('theme.light'), icon: 'sun' },
          { value: 'dark', label: t('theme.dark'), icon: 'moon' },
        ]}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('language.label')}
        value={i18n.language}
        onChange={(code) => void chooseLanguage(code)}
        options={LANGUAGES.map(({ code, name }) => ({ value: code, label: <span lang={code}>{name}</span> }))}
      />
      <MenuSeparator />
      <MenuItem
        icon="key"
        onClick={() =>
          void navigate({ to: '/shops/$shop/settings', params: { shop: shop.slug }, search: { tab: 'me' } })
        }
      >
        {t('account.password')}
      </MenuItem>
      {onShortcuts && (
        <MenuItem icon="keyboard" keys="?" onClick={onShortcuts}>
          {t('shortcuts.title')}
        </MenuItem>
      )}
      <MenuItem icon="signOut" onClick={() => void leave()}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  );
}
