import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { Button, Checkbox, useFormats, useNow } from '../../../ui/index.ts';
import { usePhone } from '../../../ui/use-phone.ts';
import { useToastsAbove } from '../../conduct/use-toasts-above.ts';
import { hindrance } from './may.ts';
import { Then } from './then.tsx';
import type { Outcome } from './use-outcome.ts';

export const KEYS = { take: 't', ask: 'q', decide: 'd', back: 'esc' } as const;
export type Press = keyof typeof KEYS;

interface AnswerPanelProps {
  detail: AppealDetail;
  outcome: Outcome;
  taking: boolean;
  onPress: (press: Press) => void;
}

/** Stays in sight under the appeal: what would be left if it were decided as marked, and the three answers. */
export function AnswerPanel({ detail, outcome, taking, onPress }: AnswerPanelProps) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  const now = useNow();
  const phone = usePhone();
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = opened ?? !phone;
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useToastsAbove(panel);
  const why = hindrance(detail, t, formats, now);
  const { may } = detail;
  return (
    <section
      ref={panel}
      aria-labelledby={id}
      className="sticky bottom-0 z-20 -mx-4 border-t border-line bg-surface px-4 py-3 shadow-lg max-md:bottom-[calc(3.75rem+env(safe-area-inset-bottom))] md:-mx-8 md:px-8"
    >
      <div className="mx-auto flex max-w-7xl items-start justify-between gap-x-8 gap-y-3 max-lg:flex-col max-lg:items-stretch">
        <div className="min-w-0 grow">
          <div className="mb-1 flex items-center gap-3">
            <h2 id={id} className="text-sm font-semibold text-ink">
              {t('then.title')}
            </h2>
            <Button
              look="quiet"
              icon={open ? 'chevronDown' : 'chevronUp'}
              aria-expanded={open}
              onClick={() => setOpened(!open)}
              className="h-7! px-1.5! text-xs! max-md:h-11!"
            >
              {t(open ? 'then.less' : 'then.more')}
            </Button>
          </div>
          <div className="max-h-[32dvh] overflow-y-auto">
            <Then detail={detail} outcome={outcome} brief={!open} />
          </div>
        </div>
        <div className="flex max-w-sm shrink-0 flex-col gap-2 max-lg:max-w-none">
          <div className="flex flex-wrap gap-2 lg:justify-end max-md:*:flex-1">
            {may.take && (
              <Button
                look={may.decide ? 'secondary' : 'primary'}
                keys={KEYS.take}
                pending={taking}
                onClick={() => onPress('take')}
              >
                {t('act.take')}
              </Button>
            )}
            {(may.ask || may.decide || may.take) && (
              <Button keys={KEYS.ask} disabled={!may.ask} onClick={() => onPress('ask')}>
                {t('act.ask')}
              </Button>
            )}
            {(may.ask || may.decide || may.take) && (
              <Button
                look={may.decide ? 'primary' : 'secondary'}
                keys={KEYS.decide}
                disabled={!may.decide}
                onClick={() => onPress('decide')}
              >
                {t('act.decide')}
              </Button>
            )}
          </div>
          {why !== null && <p className="text-sm text-muted lg:text-end">{why}</p>}
          {open && (
            <Checkbox
              label={t('then.lift')}
              hint={t('then.liftHint')}
              checked={outcome.lift}
              onChange={(event) => outcome.onLift(event.target.checked)}
            />
          )}
        </div>
      </div>
    </section>
  );
}
