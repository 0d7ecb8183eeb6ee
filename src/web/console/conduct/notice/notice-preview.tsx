import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticePreview as Preview } from '../../../../contracts/notices.ts';
import {
  Button,
  Card,
  cx,
  ErrorState,
  Field,
  Icon,
  Loading,
  Note,
  Section,
  Select,
  Skeleton,
  Spinner,
  Textarea,
  useFormats,
} from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { NoticeDocument } from './notice-document.tsx';
import { type NoticeDraft, useMailServer } from './use-notice.ts';

interface NoticePreviewProps {
  shop: string;
  title: ReactNode;
  draft: NoticeDraft;
  /** May write a paragraph: whoever may answer. */
  mayWrite: boolean;
  /** The team is told as well. */
  block?: boolean;
}

/** What the customer will read: in which language, in which words, and a paragraph of the shop's own. */
export function NoticePreview({ shop, title, draft, mayWrite, block = false }: NoticePreviewProps) {
  const { t } = useTranslation('notices');
  const formats = useFormats();
  const mailServer = useMailServer(shop);
  const { preview } = draft;
  const language = draft.language ?? preview?.document.language;
  return (
    <Section
      level={3}
      title={title}
      actions={
        preview &&
        language !== undefined && (
          <Select
            aria-label={t('language')}
            className="w-44"
            value={language}
            onChange={(event) => draft.setLanguage(event.target.value)}
          >
            {theirsFirst(preview).map((each) => (
              <option key={each.code} value={each.code} lang={each.code}>
                {each.code === preview.theirs ? t('theirs', { language: each.name }) : each.name}
              </option>
            ))}
          </Select>
        )
      }
    >
      {draft.error && !preview ? (
        <ErrorState error={draft.error} onRetry={draft.again} />
      ) : preview === undefined ? (
        <Loading label={t('loading')}>
          <Skeleton className="h-80 w-full" />
        </Loading>
      ) : (
        <>
          <Paper preview={preview} behind={draft.behind} />
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm text-muted">
            {mailServer !== undefined && (
              <span>
                {mailServer
                  ? t('goesOut.mail', { language: isolate(formats.language(preview.theirs)) })
                  : t('goesOut.noServer')}
                {block && ` ${t('goesOut.team')}`}
              </span>
            )}
            <Readability preview={preview} />
          </p>
          {mayWrite && <Personal draft={draft} preview={preview} />}
        </>
      )}
    </Section>
  );
}

const theirsFirst = ({ languages, theirs }: Preview) =>
  languages.toSorted((a, b) => Number(b.code === theirs) - Number(a.code === theirs));

/** The notice, cut off where it is long until the reader wants all of it. */
function Paper({ preview, behind }: { preview: Preview; behind: boolean }) {
  const { t } = useTranslation('notices');
  const [all, setAll] = useState(false);
  const id = useId();
  const { document } = preview;
  const long = document.sections.length > 2;
  return (
    <Card className="relative overflow-hidden">
      {behind && <Spinner className="absolute end-3 top-3 text-muted" />}
      <div
        aria-busy={behind || undefined}
        id={id}
        className={cx('px-4 py-4 md:px-5', long && !all && 'max-h-96 overflow-hidden')}
      >
        <p lang={document.language} dir={document.dir} className="mb-3 border-b border-line pb-2 text-sm text-muted">
          {document.subject}
        </p>
        <NoticeDocument notice={document} />
      </div>
      {long && (
        <div
          className={cx(
            'flex justify-center px-4 pb-2',
            !all && 'absolute inset-x-0 bottom-0 bg-linear-to-t from-surface from-50% to-transparent pt-12',
          )}
        >
          <Button aria-expanded={all} aria-controls={id} onClick={() => setAll(!all)}>
            {t(all ? 'collapse' : 'expand')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Readability({ preview: { readability } }: { preview: Preview }) {
  const { t } = useTranslation('notices');
  const formats = useFormats();
  if (readability === null) return null;
  const { age, easy, formula, score } = readability;
  return (
    <span
      title={t('readability.hint', { formula, score: formats.ratio(score) })}
      className={cx('inline-flex items-center gap-1.5', easy ? 'text-good' : 'font-medium text-watch')}
    >
      <Icon name={easy ? 'check' : 'alert'} className="size-3.5" />
      {t(easy ? 'readability.easy' : 'readability.hard', { age: formats.count(age) })}
    </span>
  );
}

/** A paragraph of the shop's own, with what must or should be said otherwise right below it. */
function Personal({ draft, preview }: { draft: NoticeDraft; preview: Preview }) {
  const { t } = useTranslation('notices');
  const formats = useFormats();
  const [open, setOpen] = useState(draft.personal !== '');
  if (!open && draft.personal === '')
    return (
      <div>
        <Button icon="plus" onClick={() => setOpen(true)}>
          {t('personal.add')}
        </Button>
      </div>
    );
  const findings = draft.personal.trim() === '' ? [] : preview.findings;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t('personal.label')}
        hint={t('personal.hint', { language: isolate(formats.language(preview.theirs)) })}
      >
        <Textarea
          autoFocus
          lang={preview.theirs}
          dir="auto"
          maxLength={1500}
          value={draft.personal}
          onChange={(event) => draft.setPersonal(event.target.value)}
        />
      </Field>
      <div role="status">
        {findings.length > 0 && (
          <Note meaning={draft.refused ? 'block' : 'watch'}>
            <p className="font-medium">{t('findings.title')}</p>
            <ul className="flex list-disc flex-col gap-0.5 ps-5">
              {findings.map((finding) => (
                <li key={`${finding.kind} ${finding.quote}`}>
                  {t(`findings.${finding.kind}`, { quote: isolate(finding.quote) })}
                </li>
              ))}
            </ul>
            {draft.refused && <p className="mt-1">{t('findings.blocks')}</p>}
          </Note>
        )}
      </div>
      <div>
        <Button
          look="quiet"
          onClick={() => {
            draft.setPersonal('');
            setOpen(false);
          }}
        >
          {t('personal.remove')}
        </Button>
      </div>
    </div>
  );
}
