import { useTranslation } from 'react-i18next';
import type { PlatformName } from './types.ts';

/** How a platform is called: `platform` where a sentence begins, `there` within one. */
export function usePlatformNames(name: PlatformName): { readonly platform: string; readonly there: string } {
  const { t } = useTranslation('connections');
  return { platform: t(`platform.${name}`), there: t(`there.${name}`) };
}
