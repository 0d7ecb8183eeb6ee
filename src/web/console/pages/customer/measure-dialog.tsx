import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureType, Obligation, Surface } from '../../../../contracts/events.ts';
import { Checkbox, Field, Input, Note, Textarea, useNow } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { dayAhead, endOfDay } from '../../conduct/day.ts';
import { effectSentence, obligationNamed } from '../../conduct/effect.ts';
import { NoticePreview } from '../../conduct/notice/notice-preview.tsx';
import { useNotice } from '../../conduct/notice/use-notice.ts';
import { useTools } from '../../conduct/use-tools.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';

const OBLIGATIONS: readonly Obligation[] = [
  'official_channels_only',
  'one_variant_per_article',
  'fixed_delivery_address',
  'signature_on_delivery',
  'returns_need_photos',
  'returns_need_approval',
  'no_free_returns',
  'reviews_need_approval',
  'order_limit',
  'prepayment_only',
  'manual_review',
];
// Returns are a customer's right, and cannot be blocked.
const SURFACES: readonly Surface[] = ['review', 'contact', 'purchase', 'login'];
const SUGGESTED_DAYS: Record<MeasureType, number> = { warning: 90, restriction: 90, block: 90 };
const LONGEST_DAYS = 731;

interface MeasureDialogProps {
  shop: string;
  id: string;
  name: string;
  type: MeasureType;
  onClose: () => void;
}

/** A warning, restriction or block without a proposal of the policy: what, until when and why, said in full before it is done. */
export function MeasureDialog({ shop, id, name, type, onClose }: MeasureDialogProps) {
  const { t } = useTranslation(['customer', 'events', 'notices']);
  const tools = useTools();
  const { formats } = tools;
  const now = useNow();
  const [demands, setObligations] = useState<readonly Obligation[]>([]);
  const [surfaces, setSurfaces] = useState<readonly Surface[]>(type === 'block' ? ['purchase'] : []);
  const [day, setDay] = useState(() => dayAhead(SUGGESTED_DAYS[type], now, formats));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);

  // Whoever is shut out from contact keeps the official channels.
  const keepsChannels = type === 'block' && surfaces.includes('contact');
  const obligations = keepsChannels ? (['official_channels_only'] as const) : demands;
  const until = endOfDay(day, formats.timeZone);
  const dayWrong = until === null || day < dayAhead(1, now, formats) || day > dayAhead(LONGEST_DAYS, now, formats);
  const nothingChosen =
    (type === 'restriction' && obligations.length === 0) || (type === 'block' && surfaces.length === 0);
  const reasonWrong = reason.trim().length < 3;

  const notice = useNotice('POST /api/shops/:shop/customers/:id/notice', {
    shop,
    id,
    reason: reason.trim(),
    enabled: !dayWrong && !nothingChosen && !reasonWrong,
    ...(until !== null && { effect: { type, obligations: [...obligations], surfaces: [...surfaces], until } }),
  });

  const take = useAction('POST /api/shops/:shop/customers/:id/measures', {
    touches: [
      'GET /api/shops/:shop/customers/:id',
      'GET /api/shops/:shop/customers/:id/timeline',
      'GET /api/shops/:shop/customers/:id/notices',
      'POST /api/shops/:shop/customers/search',
      'GET /api/shops/:shop/measures',
      'GET /api/shops/:shop/review',
      'GET /api/shops/:shop/home',
    ],
    follows: true,
    says: (_, { body }) => t(`measuring.done.${type}`, { name, date: isolate(formats.date(body.until)) }),
    quietErrors: true,
  });
  const submit = () => {
    setTried(true);
    if (until === null || dayWrong || nothingChosen || reasonWrong || notice.refused) return;
    take.mutate(
      {
        params: { shop, id },
        body: {
          type,
          obligations: [...obligations],
          surfaces: [...surfaces],
          until,
          reason: reason.trim(),
          ...notice.said,
        },
      },
      { onSuccess: onClose },
    );
  };
  const planned = { type, obligations: obligations.map((each) => obligationNamed(each, tools)), surfaces };

  return (
    <FormDialog
      onClose={onClose}
      title={t(`measuring.title.${type}`, { name })}
      description={t('measuring.description')}
      cancel={t('cancel')}
      submit={t(`measuring.submit.${type}`)}
      look={type === 'block' ? 'danger' : 'primary'}
      pending={take.isPending}
      disabled={notice.refused}
      error={take.error?.message}
      noValidate
      onSubmit={submit}
    >
      {type === 'restriction' && (
        <Choices
          label={t('measuring.obligations')}
          missing={tried && nothingChosen ? t('measuring.obligationsMissing') : null}
          options={OBLIGATIONS.map((each) => [each, t(`events:obligation.${each}`)])}
          chosen={obligations}
          onChange={setObligations}
        />
      )}
      {type === 'block' && (
        <Choices
          label={t('measuring.surfaces')}
          missing={tried && nothingChosen ? t('measuring.surfacesMissing') : null}
          options={SURFACES.map((each) => [each, t(`events:surface.${each}`)])}
          chosen={surfaces}
          onChange={setSurfaces}
        />
      )}
      <Field
        label={t('measuring.until')}
        hint={t('measuring.untilHint')}
        error={tried && dayWrong ? t('measuring.untilMissing') : undefined}
      >
        <Input
          type="date"
          min={dayAhead(1, now, formats)}
          max={dayAhead(LONGEST_DAYS, now, formats)}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </Field>
      <Field
        label={t('measuring.reason')}
        hint={t('measuring.reasonHint')}
        error={tried && reasonWrong ? t('measuring.reasonMissing') : undefined}
      >
        <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {until !== null && !dayWrong && !nothingChosen && (
        <Note>
          {t('measuring.happens', { sentence: effectSentence({ ...planned, until }, name, tools) })}{' '}
          {t('events:effect.rights')}
        </Note>
      )}
      {!dayWrong && !nothingChosen && !reasonWrong ? (
        <NoticePreview
          shop={shop}
          title={t('notices:titleNamed', { name })}
          draft={notice}
          mayWrite
          block={type === 'block'}
        />
      ) : (
        <p className="text-sm text-muted">{t('measuring.readsLater')}</p>
      )}
    </FormDialog>
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  missing: string | null;
  options: readonly (readonly [T, string])[];
  chosen: readonly T[];
  onChange: (chosen: readonly T[]) => void;
}

/** Several of a list, the mildest first. */
function Choices<T extends string>({ label, missing, options, chosen, onChange }: ChoicesProps<T>) {
  const id = useId();
  return (
    <fieldset aria-describedby={missing === null ? undefined : id} className="flex min-w-0 flex-col">
      <legend className="mb-1 text-sm font-medium text-ink">{label}</legend>
      {options.map(([value, words]) => (
        <Checkbox
          key={value}
          label={words}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
          }
        />
      ))}
      {missing !== null && (
        <p id={id} role="alert" className="text-sm text-block">
          {missing}
        </p>
      )}
    </fieldset>
  );
}
