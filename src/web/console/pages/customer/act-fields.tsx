import { useTranslation } from 'react-i18next';
import { Checkbox, Field, type Formats, Input, RadioGroup, Select, Textarea, useNow } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { dayAhead, endOfDay } from '../../conduct/day.ts';
import type { ActDraft, AskedKind, Missing } from './act-body.ts';
import type { InShopView } from './in-shop-view.ts';

interface ActFieldsProps {
  kind: AskedKind;
  draft: ActDraft;
  onChange: (change: Partial<ActDraft>) => void;
  /** What to say is missing; null: nothing, or not yet. */
  missing: Missing | null;
  name: string;
  view: InShopView;
  currency: string;
  formats: Formats;
}

/** The fields that an act of this kind needs. */
export function ActFields(props: ActFieldsProps) {
  switch (props.kind) {
    case 'hold_order':
    case 'release_order':
      return <OrderField {...props} />;
    case 'cancel_order':
      return (
        <>
          <OrderField {...props} />
          <CancelChoices {...props} />
          <WhyField {...props} />
        </>
      );
    case 'approve_return':
      return <ReturnField {...props} />;
    case 'decline_return':
      return (
        <>
          <ReturnField {...props} />
          <WordsField {...props} />
        </>
      );
    case 'give_store_credit':
      return (
        <>
          <AmountField {...props} />
          <UntilField {...props} />
        </>
      );
    case 'give_gift_card':
      return (
        <>
          <AmountField {...props} />
          <WordsField {...props} optional />
        </>
      );
    case 'give_discount':
      return (
        <>
          <DiscountFields {...props} />
          <UntilField {...props} />
        </>
      );
  }
}

function OrderField({ draft, onChange, missing, view, formats }: ActFieldsProps) {
  const { t } = useTranslation('connections');
  return (
    <Field label={t('act.order')} error={missing === 'about' ? t('act.choose') : undefined}>
      <Select value={draft.about} onChange={(event) => onChange({ about: event.target.value })}>
        {draft.about === '' && <option value="">{t('act.pick')}</option>}
        {view.orders.map((each) => (
          <option key={each.order} value={each.order}>
            {t('act.orderPlaced', { order: isolate(each.name), date: isolate(formats.date(each.placedAt)) })}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function ReturnField({ draft, onChange, missing, view, formats }: ActFieldsProps) {
  const { t } = useTranslation('connections');
  return (
    <Field label={t('act.return')} error={missing === 'about' ? t('act.choose') : undefined}>
      <Select value={draft.about} onChange={(event) => onChange({ about: event.target.value })}>
        {draft.about === '' && <option value="">{t('act.pick')}</option>}
        {view.openReturns.map((each) => {
          const date = isolate(formats.date(each.askedAt));
          return (
            <option key={each.return} value={each.return}>
              {each.order === null
                ? t('act.returnAsked', { return: isolate(each.return), date })
                : t('act.returnOfOrder', { order: isolate(each.order), date })}
            </option>
          );
        })}
      </Select>
    </Field>
  );
}

function CancelChoices({ draft, onChange }: ActFieldsProps) {
  const { t } = useTranslation('connections');
  return (
    <div>
      <Checkbox
        label={t('act.refund')}
        hint={t('act.refundHint')}
        checked={draft.refund}
        onChange={(event) => onChange({ refund: event.target.checked })}
      />
      <Checkbox
        label={t('act.restock')}
        hint={t('act.restockHint')}
        checked={draft.restock}
        onChange={(event) => onChange({ restock: event.target.checked })}
      />
    </div>
  );
}

function WordsField({ draft, onChange, missing, name, optional = false }: ActFieldsProps & { optional?: boolean }) {
  const { t } = useTranslation('connections');
  return (
    <Field
      label={t('act.words', { name })}
      hint={t('act.wordsHint')}
      optional={optional}
      error={missing === 'words' ? t('act.wordsMissing', { name }) : undefined}
    >
      <Textarea maxLength={500} value={draft.words} onChange={(event) => onChange({ words: event.target.value })} />
    </Field>
  );
}

function WhyField({ draft, onChange }: ActFieldsProps) {
  const { t } = useTranslation('connections');
  return (
    <Field label={t('act.why')} hint={t('act.whyHint')} optional>
      <Textarea maxLength={500} value={draft.words} onChange={(event) => onChange({ words: event.target.value })} />
    </Field>
  );
}

function AmountField({ draft, onChange, missing, currency }: ActFieldsProps) {
  const { t } = useTranslation('connections');
  return (
    <Field
      label={t('act.amount', { currency })}
      error={missing === 'amount' ? t('act.amountWrong') : undefined}
      className="w-48"
    >
      <Input
        inputMode="decimal"
        dir="ltr"
        value={draft.amount}
        onChange={(event) => onChange({ amount: event.target.value })}
      />
    </Field>
  );
}

function DiscountFields(props: ActFieldsProps) {
  const { t } = useTranslation('connections');
  const { draft, onChange, missing } = props;
  return (
    <>
      <RadioGroup
        label={t('act.kind')}
        value={draft.off}
        onChange={(off) => onChange({ off })}
        options={[
          { value: 'percent', label: t('act.kindPercent') },
          { value: 'amount', label: t('act.kindAmount') },
        ]}
      />
      {draft.off === 'amount' ? (
        <AmountField {...props} />
      ) : (
        <Field
          label={t('act.percent')}
          error={missing === 'percent' ? t('act.percentWrong') : undefined}
          className="w-32"
        >
          <Input
            inputMode="numeric"
            dir="ltr"
            value={draft.percent}
            onChange={(event) => onChange({ percent: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}

function UntilField({ draft, onChange, formats }: ActFieldsProps) {
  const { t } = useTranslation('connections');
  const now = useNow();
  return (
    <Field label={t('act.until')} hint={t('act.untilHint')} optional>
      <Input
        type="date"
        min={dayAhead(1, now, formats)}
        value={draft.until === null ? '' : formats.dayKey(draft.until)}
        onChange={(event) => onChange({ until: endOfDay(event.target.value, formats.timeZone) })}
      />
    </Field>
  );
}
