import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import type { Asking } from './desk.ts';
import { SoftenDialog } from './soften-dialog.tsx';
import type { Answer } from './use-answer.ts';

interface DialogsProps {
  shop: string;
  asking: Asking | null;
  about: ProposalDetail;
  onClose: () => void;
  onAnswer: (answer: Answer) => void;
}

/** The question that is open about the case, if one is. A block is asked about in the answer bar itself. */
export function Dialogs({ shop, asking, about, onClose, onAnswer }: DialogsProps) {
  const { t } = useTranslation('events');
  const name = personInSentence(about.customer, t);
  switch (asking) {
    case 'soften':
      return (
        <SoftenDialog
          shop={shop}
          detail={about}
          onClose={onClose}
          onSoften={(body) => onAnswer({ kind: 'soften', about, body })}
        />
      );
    case 'decline':
      return (
        <DeclineDialog
          name={name}
          onClose={onClose}
          onDecline={(reason) => onAnswer({ kind: 'decline', about, body: { reason } })}
        />
      );
    case 'ask':
      return (
        <AskDialog
          shop={shop}
          name={name}
          onClose={onClose}
          onAsk={({ id, name: colleague }, question) =>
            onAnswer({ kind: 'ask', about, body: { colleague: id, question }, colleague })
          }
        />
      );
    case 'block':
    case null:
      return null;
  }
}
