import { type FormEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Field, Input, Note, Select } from '../../../ui/index.ts';
import { otherError } from '../../api.ts';
import { readerLanguages } from '../../reader-languages.ts';
import { CURRENCIES, guessShop } from './guess.ts';
import { ShopFields, type ShopPlaces } from './shop-fields.tsx';

/** A shop as far as it can be guessed from this device. */
export function guessedShop(): NewShop {
  const guess = guessShop(readerLanguages(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  return {
    name: '',
    currency: guess.currency,
    timeZone: guess.timeZone,
    languages: [guess.language],
    jurisdictions: [...guess.jurisdictions],
  };
}

export interface NewShop extends ShopPlaces {
  name: string;
  currency: string;
}

interface ShopStepProps {
  value: NewShop;
  onChange: (value: NewShop) => void;
  error: Error | null;
  /** What is wrong with a field, by its name. */
  errorOf: (field: keyof NewShop) => string | undefined;
  pending: boolean;
  /** What leaving is called here. */
  back: string;
  onBack: () => void;
  onCreate: (event: FormEvent) => void;
}

/** Asks for everything a new shop needs: the same for the first and for every other. */
export function ShopStep({ value, onChange, error, errorOf, pending, back, onBack, onCreate }: ShopStepProps) {
  const { t, i18n } = useTranslation('welcome');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const names = new Intl.DisplayNames(i18n.language, { type: 'currency', fallback: 'code' });
  const elsewhere = otherError(error);
  const noLanguage = value.languages.length === 0;
  return (
    <form onSubmit={noLanguage ? (event) => event.preventDefault() : onCreate} className="flex flex-col gap-4">
      {elsewhere && (
        <div role="alert">
          <Note meaning="block">{elsewhere.message}</Note>
        </div>
      )}
      <Field label={t('shop.name')} error={errorOf('name')}>
        <Input
          ref={first}
          name="shop"
          autoComplete="organization"
          required
          maxLength={120}
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </Field>
      <Field label={t('shop.currency')} hint={t('shop.currencyHint')} error={errorOf('currency')}>
        <Select
          name="currency"
          value={value.currency}
          onChange={(event) => onChange({ ...value, currency: event.target.value })}
        >
          {CURRENCIES.map((code) => (
            <option key={code} value={code}>
              {`${code} · ${names.of(code) ?? code}`}
            </option>
          ))}
        </Select>
      </Field>
      <ShopFields
        guessed
        value={value}
        onChange={(places) => onChange({ ...value, ...places })}
        errorOf={(field) =>
          errorOf(field) ?? (field === 'languages' && noLanguage ? t('shop.languagesNeeded') : undefined)
        }
      />
      <div className="flex gap-2 pt-1">
        <Button onClick={onBack} disabled={pending}>
          {back}
        </Button>
        <Button type="submit" look="primary" pending={pending} className="grow">
          {t('shop.create')}
        </Button>
      </div>
    </form>
  );
}
