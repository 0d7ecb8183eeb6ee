import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import { Field, Select } from './field.tsx';

interface MultiPickProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: readonly string[];
  onChange: (value: string[]) => void;
  options: readonly { value: string; label: string }[];
  disabled?: boolean;
}

/** Several of a list, in the order chosen. */
export function MultiPick({ label, hint, error, value, onChange, options, disabled }: MultiPickProps) {
  const { t } = useTranslation('ui');
  const nameOf = (each: string) => options.find((option) => option.value === each)?.label ?? each;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field label={label} hint={hint} error={error}>
        <Select
          value=""
          disabled={disabled}
          onChange={(event) => {
            if (event.target.value) onChange([...value, event.target.value]);
          }}
        >
          <option value="">{t('pick.add')}</option>
          {options
            .filter((option) => !value.includes(option.value))
            .map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
        </Select>
      </Field>
      {value.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {value.map((each) => (
            <li key={each} className="inline-flex items-center gap-0.5 rounded-full bg-sunken ps-3 text-sm text-ink">
              {nameOf(each)}
              <IconButton
                icon="close"
                label={t('pick.remove', { name: nameOf(each) })}
                disabled={disabled}
                onClick={() => onChange(value.filter((other) => other !== each))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
