import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/index.ts';
import type { Tools } from './events/presenter.ts';

/** Words and formats for presenting events and effects. */
export function useTools(): Tools {
  const { t } = useTranslation('events');
  const formats = useFormats();
  return useMemo(() => ({ t, formats }), [t, formats]);
}
