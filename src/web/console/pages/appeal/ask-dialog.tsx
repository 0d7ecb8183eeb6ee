import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { Field, Textarea, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { TOUCHED } from './touched.ts';

const SHORTEST = 10;

interface AskDialogProps {
  shop: string;
  detail: AppealDetail;
  onClose: () => void;
}

/** Asks the customer one question; the deadline waits for the answer. */
export function AskDialog({ shop, detail, onClose }: AskDialogProps) {
  const { t } = useTranslation(['appeals', 'events']);
  const { t: words } = useTranslation('events');
  const formats = useFormats();
  const [question, setQuestion] = useState('');
  const [tried, setTried] = useState(false);
  const name = personInSentence(detail.customer, words);
  const wrong = question.trim().length < SHORTEST;
  const ask = useAction('POST /api/shops/:shop/appeals/:id/ask', {
    touches: TOUCHED,
    says: () => t('ask.done', { name }),
    quietErrors: true,
  });
  const submit = () => {
    setTried(true);
    if (wrong) return;
    ask.mutate({ params: { shop, id: detail.id }, body: { question: question.trim() } }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('ask.title')}
      description={t('ask.description', { name })}
      cancel={t('ask.cancel')}
      submit={t('ask.submit')}
      pending={ask.isPending}
      error={ask.error?.message}
      noValidate
      onSubmit={submit}
    >
      <Field
        label={t('ask.question')}
        hint={t('ask.questionHint', { language: isolate(formats.language(detail.language)) })}
        error={tried && wrong ? t('ask.missing') : undefined}
      >
        <Textarea
          autoFocus
          rows={4}
          dir="auto"
          maxLength={2000}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
