import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prose } from '../../../../contracts/policy.ts';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Checkbox, Field, Textarea, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { ApiError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import type { ImpactAnswer } from './impact.tsx';
import { type ProseChange, proseChanges } from './prose-changes.ts';

interface PublishDialogProps {
  shop: string;
  source: string;
  version: number;
  before: Prose;
  check: ResponseOf<'POST /api/shops/:shop/policy/check'>;
  /** For exactly this text; null when it has not been worked out. */
  impact: ImpactAnswer | null;
  onClose: () => void;
  onPublished: (version: number) => void;
}

/** Says what publishing changes, and for whom, before it is done. Remarks must be confirmed. */
export function PublishDialog(props: PublishDialogProps) {
  const { shop, source, version, before, check, impact, onClose, onPublished } = props;
  const { t } = useTranslation('policy');
  const formats = useFormats();
  const [note, setNote] = useState('');
  const [read, setRead] = useState(false);
  const [tried, setTried] = useState(false);
  const warnings = check.findings.filter((finding) => finding.severity === 'warning').length;
  const changes = check.prose === null ? [] : proseChanges(before, check.prose);
  const noteWrong = note.trim().length < 3;
  const readWrong = warnings > 0 && !read;
  const publish = useAction('POST /api/shops/:shop/policy/publish', {
    touches: [
      'GET /api/shops/:shop/policy',
      'GET /api/shops/:shop/policy/versions',
      'GET /api/shops/:shop/policy/diff',
      'GET /api/shops/:shop/review',
      'GET /api/shops/:shop/home',
    ],
    says: (answer) => t('publish.done', { version: answer.version }),
    quietErrors: true,
  });
  const submit = () => {
    setTried(true);
    if (noteWrong || readWrong) return;
    publish.mutate(
      { params: { shop }, body: { source, note: note.trim(), expectedVersion: version } },
      { onSuccess: (answer) => onPublished(answer.version) },
    );
  };
  const conflict = publish.error instanceof ApiError && publish.error.status === 409;
  return (
    <FormDialog
      onClose={onClose}
      title={t('publish.title', { version: version + 1 })}
      description={t('publish.description')}
      cancel={t('publish.cancel')}
      submit={t('publish.submit')}
      pending={publish.isPending}
      error={conflict ? t('publish.conflict') : publish.error?.message}
      noValidate
      onSubmit={submit}
    >
      <div>
        <h3 className="text-sm font-medium text-ink">{t('publish.changes')}</h3>
        {changes.length === 0 ? (
          <p className="text-base text-muted">{t('publish.changesNone')}</p>
        ) : (
          <ul className="mt-1 flex list-disc flex-col gap-1 ps-5 text-base text-ink">
            {changes.map((change) => (
              <li key={JSON.stringify(change)}>{words(change)}</li>
            ))}
          </ul>
        )}
      </div>
      <p className="text-base text-ink">
        {impact
          ? t('publish.impact', {
              now: formats.count(impact.proposalsNow),
              after: formats.count(impact.proposalsThen),
              added: formats.count(impact.added.length),
              removed: formats.count(impact.removed.length),
            })
          : t('publish.impactUnknown')}
      </p>
      <Field
        label={t('publish.note')}
        hint={t('publish.noteHint')}
        error={tried && noteWrong ? t('publish.noteMissing') : undefined}
      >
        <Textarea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {warnings > 0 && (
        <div>
          <Checkbox
            label={t('publish.warnings', { count: warnings })}
            checked={read}
            onChange={(event) => setRead(event.target.checked)}
          />
          {tried && readWrong && (
            <p role="alert" className="text-sm text-block">
              {t('publish.warningsMissing')}
            </p>
          )}
        </div>
      )}
    </FormDialog>
  );

  function words(change: ProseChange): string {
    if (change.about === 'rule' || change.about === 'ladder' || change.about === 'live')
      return t(`summary.${change.about}.${change.what}`, { title: isolate(change.title) });
    return t(`summary.${change.about}`);
  }
}
