import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, Field, Loading, Note, Select, Skeleton, Textarea } from '../../../ui/index.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useApi } from '../../query.ts';

interface AskDialogProps {
  shop: string;
  name: string;
  onClose: () => void;
  onAsk: (colleague: { id: string; name: string }, question: string) => void;
}

/** Asks one colleague one question about the case, which stays open. */
export function AskDialog({ shop, name, onClose, onAsk }: AskDialogProps) {
  const { t } = useTranslation('review');
  const staff = useApi('GET /api/shops/:shop/staff', { params: { shop } });
  const colleagues = staff.data?.items.filter((each) => !each.you && !each.disabled && each.role !== 'auditor') ?? [];
  const [colleague, setColleague] = useState('');
  const [question, setQuestion] = useState('');
  const [tried, setTried] = useState(false);
  const chosen = colleagues.find((each) => each.id === colleague);
  const submit = () => {
    setTried(true);
    if (chosen && question.trim() !== '') onAsk(chosen, question.trim());
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t('ask.title')}
      description={t('ask.description', { name })}
      cancel={t('block.cancel')}
      submit={t('ask.submit')}
      disabled={colleagues.length === 0}
      noValidate
      onSubmit={submit}
    >
      {staff.error ? (
        <ErrorState error={staff.error} onRetry={() => void staff.refetch()} />
      ) : staff.isPending ? (
        <Loading label={t('ask.choose')}>
          <Skeleton className="h-9 w-full" />
        </Loading>
      ) : colleagues.length === 0 ? (
        <Note>{t('ask.alone')}</Note>
      ) : (
        <Field label={t('ask.colleague')} error={tried && !chosen ? t('ask.missing') : undefined}>
          <Select value={colleague} onChange={(event) => setColleague(event.target.value)}>
            <option value="">{t('ask.choose')}</option>
            {colleagues.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('ask.question')} error={tried && question.trim() === '' ? t('ask.questionMissing') : undefined}>
        <Textarea maxLength={1000} value={question} onChange={(event) => setQuestion(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
