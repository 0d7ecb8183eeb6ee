import { useTranslation } from 'react-i18next';
import type { Surface } from '../../../../contracts/events.ts';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { ErrorState, Field, Note, Section, Select, Skeleton } from '../../../ui/index.ts';
import { useSettings } from './use-settings.ts';

type Surfaces = ResponseOf<'GET /api/shops/:shop/settings'>['surfaces'];

const SURFACES = ['purchase', 'login', 'return', 'contact', 'review'] as const satisfies readonly Surface[];
const MODES = ['open', 'challenge', 'closed'] as const;
const SECONDS = [30, 60, 300, 900, 3_600] as const;
/** Where rights are used nothing is closed: a person looks instead. */
const RIGHTS: readonly Surface[] = ['return', 'contact'];

/** What each surface does while it cannot be known what is in force. Takes effect at once. */
export function Outage() {
  const { t } = useTranslation('settings');
  const { args, settings, may, save } = useSettings();
  if (settings.error) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  if (!settings.data) return <Skeleton className="h-60 w-full" />;
  const { surfaces } = settings.data;
  const change = (next: Surfaces) => save.mutate({ ...args, body: { surfaces: next } });
  const seconds = Math.max(...SURFACES.map((surface) => surfaces[surface].staleAfterSeconds));
  const offered = [...new Set([...SECONDS, seconds])].sort((a, b) => a - b);
  return (
    <Section title={t('outage.title')} hint={t('outage.hint')} className="mt-8">
      {!may && <Note>{t('mayNot')}</Note>}
      <div className="flex max-w-lg flex-col gap-4">
        <Field label={t('outage.after')} hint={t('outage.afterHint')}>
          <Select
            value={seconds}
            disabled={!may}
            onChange={({ target }) => {
              const staleAfterSeconds = Number(target.value);
              change(
                Object.fromEntries(
                  SURFACES.map((surface) => [surface, { ...surfaces[surface], staleAfterSeconds }]),
                ) as Surfaces,
              );
            }}
          >
            {offered.map((each) => (
              <option key={each} value={each}>
                {each < 60
                  ? t('outage.seconds', { count: each })
                  : t('outage.minutes', { count: Math.round(each / 60) })}
              </option>
            ))}
          </Select>
        </Field>
        <fieldset className="flex flex-col gap-4">
          <legend className="mb-2 text-base font-medium text-ink">{t('outage.then')}</legend>
          {SURFACES.map((surface) => (
            <Field key={surface} label={t(`outage.surface.${surface}`)}>
              <Select
                value={surfaces[surface].mode}
                disabled={!may}
                onChange={({ target }) => {
                  const mode = MODES.find((each) => each === target.value);
                  if (mode !== undefined) change({ ...surfaces, [surface]: { ...surfaces[surface], mode } });
                }}
              >
                {MODES.map((mode) => (
                  <option key={mode} value={mode}>
                    {t(mode === 'closed' && RIGHTS.includes(surface) ? 'outage.mode.person' : `outage.mode.${mode}`)}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </fieldset>
      </div>
    </Section>
  );
}
