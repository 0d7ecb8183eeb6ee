import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import { Button, KeyHint } from '../../../ui/index.ts';
import { effectLabel, effectSentence } from '../../conduct/effect.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { useToastsAbove } from '../../conduct/use-toasts-above.ts';
import { useTools } from '../../conduct/use-tools.ts';
import { type Asking, KEYS, type Press } from './desk.ts';

interface AnswerBarProps {
  detail: ProposalDetail;
  asking: Asking | null;
  onPress: (key: Press) => void;
}

/** Stays in sight under the case: what approving does, to whom and until when, and the four answers. */
export function AnswerBar({ detail, asking, onPress }: AnswerBarProps) {
  const { t } = useTranslation('review');
  const { t: words } = useTranslation('events');
  const tools = useTools();
  const name = personInSentence(detail.customer, words);
  const sentence = effectSentence(detail.effect, name, tools);
  const { may } = detail;
  if (detail.status !== 'open') return null;
  if (asking === 'block') return <ConfirmBlock name={name} sentence={sentence} detail={detail} onPress={onPress} />;
  if (!may.approve && !may.soften && !may.decline && !may.ask)
    return <Bar label={t('act.label')}>{may.why ?? t('act.none')}</Bar>;
  return (
    <Bar label={t('act.label')}>
      <p className="text-sm text-muted">
        {may.approve ? t('act.willHappen', { sentence }) : (may.why ?? t('act.none'))}
      </p>
      <div className="flex flex-wrap gap-2 max-md:grid max-md:grid-cols-3">
        <Button
          look="primary"
          keys={KEYS.approve}
          disabled={!may.approve}
          onClick={() => onPress('approve')}
          className="max-md:col-span-3"
        >
          {effectLabel(detail.effect, tools)}
          <Hint press="approve" />
        </Button>
        {(may.soften || detail.softer.length > 0) && (
          <Button keys={KEYS.soften} disabled={!may.soften} onClick={() => onPress('soften')}>
            {t('act.soften')}
            <Hint press="soften" />
          </Button>
        )}
        <Button keys={KEYS.decline} disabled={!may.decline} onClick={() => onPress('decline')}>
          {t('act.decline')}
          <Hint press="decline" />
        </Button>
        <Button look="quiet" keys={KEYS.ask} disabled={!may.ask} onClick={() => onPress('ask')} className="max-md:px-1">
          <span className="max-md:hidden">{t('act.ask')}</span>
          <span className="md:hidden">{t('act.askShort')}</span>
          <Hint press="ask" />
        </Button>
      </div>
    </Bar>
  );
}

/** The key beside the words, for eyes only: screen readers hear it from the list of shortcuts. */
function Hint({ press }: { press: Press }) {
  return (
    <span aria-hidden="true">
      <KeyHint keys={KEYS[press]} />
    </span>
  );
}

/** A block is taken by a second, deliberate press, with everything it does said once more. */
function ConfirmBlock({
  name,
  sentence,
  detail,
  onPress,
}: {
  name: string;
  sentence: string;
  detail: ProposalDetail;
  onPress: (key: Press) => void;
}) {
  const { t } = useTranslation('review');
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => confirm.current?.focus(), []);
  return (
    <Bar label={t('block.title', { name })}>
      <div role="alert" className="flex flex-col gap-1">
        <p className="text-base font-semibold text-ink">{t('block.title', { name })}</p>
        <p className="text-base text-ink">{sentence}</p>
        {detail.needsSecond && !detail.firstApprover && <p className="text-sm text-muted">{t('block.second')}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button ref={confirm} look="danger" onClick={() => onPress('approve')}>
          {t(detail.needsSecond && !detail.firstApprover ? 'block.confirmSecond' : 'block.confirm')}
        </Button>
        <Button keys={KEYS.back} onClick={() => onPress('back')}>
          {t('block.cancel')}
        </Button>
      </div>
    </Bar>
  );
}

function Bar({ label, children }: { label: string; children: ReactNode }) {
  const bar = useRef<HTMLElement>(null);
  useToastsAbove(bar);
  return (
    <section
      ref={bar}
      aria-label={label}
      className="flex flex-col gap-2.5 border-t border-line bg-surface px-4 py-3 text-sm text-muted md:px-6"
    >
      {children}
    </section>
  );
}
