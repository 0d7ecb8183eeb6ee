import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, MultiPick, Select, useFormats } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { LANGUAGE_CODES } from './guess.ts';

export interface ShopPlaces {
  timeZone: string;
  languages: string[];
  jurisdictions: string[];
}

interface ShopFieldsProps {
  value: ShopPlaces;
  onChange: (value: ShopPlaces) => void;
  /** What is wrong with a field, by its name. */
  errorOf: (field: keyof ShopPlaces) => string | undefined;
  guessed?: boolean;
  disabled?: boolean;
}

/** Where the shop is and whom it sells to: the same at first run and in the settings. */
export function ShopFields({ value, onChange, errorOf, guessed, disabled }: ShopFieldsProps) {
  const { t } = useTranslation('welcome');
  const formats = useFormats();
  const byName = (codes: readonly string[], name: (code: string) => string) =>
    codes
      .map((code) => ({ value: code, label: name(code) }))
      .sort((a, b) => a.label.localeCompare(b.label, formats.locale));
  const languages = byName(LANGUAGE_CODES, formats.language);
  const known = useApi('GET /api/jurisdictions', {});
  // What was chosen before a place was known, or is no more, stays chosen.
  const places = [...new Set([...(known.data?.codes ?? []), ...value.jurisdictions])];
  const regions = byName(places, formats.region);
  const zones = useMemo(() => {
    const all = Intl.supportedValuesOf('timeZone');
    return all.includes(value.timeZone) ? all : [value.timeZone, ...all];
  }, [value.timeZone]);
  return (
    <>
      <Field label={t('shop.timeZone')} hint={guessed && t('shop.timeZoneHint')} error={errorOf('timeZone')}>
        <Select
          name="timeZone"
          value={value.timeZone}
          disabled={disabled}
          onChange={(event) => onChange({ ...value, timeZone: event.target.value })}
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </Select>
      </Field>
      <MultiPick
        label={t('shop.languages')}
        hint={t('shop.languagesHint')}
        error={errorOf('languages')}
        value={value.languages}
        onChange={(next) => onChange({ ...value, languages: next })}
        options={languages}
        disabled={disabled ?? false}
      />
      <MultiPick
        label={t('shop.jurisdictions')}
        hint={t('shop.jurisdictionsHint')}
        error={errorOf('jurisdictions')}
        value={value.jurisdictions}
        onChange={(next) => onChange({ ...value, jurisdictions: next })}
        options={regions}
        disabled={disabled ?? false}
      />
    </>
  );
}
