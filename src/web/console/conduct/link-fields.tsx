import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LinkField } from '../../../contracts/links.ts';
import { cx } from '../../ui/index.ts';

type Key = ParseKeys<'links'>;

const NAMES = {
  equal: 'equal',
  close: 'close',
  similar: 'similar',
  swapped: 'swapped',
  different: 'different',
} as const;
const BIRTHS = { equal: 'equal', 'same year': 'equal', 'one edit': 'close', different: 'different' } as const;
const MAILS = { equal: 'equal', 'one edit': 'close', 'same mailbox name': 'name', different: 'different' } as const;
const PLACES = {
  'address equal': 'equal',
  'address close': 'close',
  'same street': 'street',
  'same area': 'area',
  'same area twice': 'area',
  different: 'different',
} as const;

/** The words for each field at each level of likeness. What a newer server compares besides is told as something else. */
const WORDS: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  given: each('given', NAMES),
  surname: each('surname', { equal: 'equal', close: 'close', similar: 'similar', different: 'different' } as const),
  birth: each('birth', BIRTHS),
  email: each('email', MAILS),
  phone: each('phone', { equal: 'equal', 'one edit': 'close', different: 'different' } as const),
  place: each('place', PLACES),
  card: each('card', { equal: 'equal', different: 'different' } as const),
  device: each('device', { equal: 'equal', different: 'different' } as const),
};

function each<F extends string, W extends string>(
  field: F,
  levels: Readonly<Record<string, W>>,
): Readonly<Record<string, `field.${F}.${W}`>> {
  return Object.fromEntries(Object.entries(levels).map(([level, word]) => [level, `field.${field}.${word}` as const]));
}

const keyOf = ({ field, level, weight }: LinkField): Key =>
  WORDS[field]?.[level] ?? (weight === 'against' ? 'field.other.different' : 'field.other.equal');

const INK: Readonly<Record<LinkField['weight'], string>> = {
  much: 'font-medium text-ink',
  some: 'text-ink',
  little: 'text-muted',
  nothing: 'text-muted',
  against: 'text-restrict',
};

/** What speaks for one person and what against it, in words, with how much each weighs. */
export function LinkFields({ fields, label }: { fields: readonly LinkField[]; label: string }) {
  const { t } = useTranslation('links');
  return (
    <ul aria-label={label} className="flex flex-col gap-0.5 text-sm">
      {fields.map((field) => (
        <li key={field.field} className={cx('flex flex-wrap gap-x-2', INK[field.weight])}>
          <span>{t(keyOf(field))}</span>
          <span className="text-muted">
            {t(`weight.${field.weight}`)}
            {field.customers !== null && field.customers > 2 && (
              <>
                {' · '}
                {t('sharing', { count: field.customers })}
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
