import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import { Button, Icon, Note } from '../../../ui/index.ts';

interface FindingsProps {
  check: ResponseOf<'POST /api/shops/:shop/policy/check'>;
  onGoTo: (line: number, column: number) => void;
}

/** What the check found, in plain words: first what must be mended, then what is worth a thought; each leads to its line. */
export function Findings({ check, onGoTo }: FindingsProps) {
  const { t } = useTranslation('policy');
  const { findings, tests } = check;
  const sorted = findings.toSorted((a, b) => rank(a.severity) - rank(b.severity) || a.line - b.line);
  const about = (name: string) => {
    if (/^\d+$/.test(name)) return t('findings.fairness', { number: name });
    return name === 'test' ? t('findings.test') : t('findings.schema');
  };
  return (
    <div className="flex flex-col gap-3">
      {sorted.length === 0 && <Note meaning="good">{t('findings.none')}</Note>}
      <ul className="flex flex-col divide-y divide-line">
        {sorted.map((finding) => (
          <li key={`${finding.line} ${finding.column} ${finding.message}`} className="flex items-start gap-2.5 py-2">
            <Icon
              name={finding.severity === 'error' ? 'alert' : 'info'}
              className={finding.severity === 'error' ? 'mt-1 text-block' : 'mt-1 text-watch'}
            />
            <div className="min-w-0 grow">
              <p className="text-base text-ink">{finding.message}</p>
              <p className="text-xs text-muted">
                {t(`findings.${finding.severity}`)} · {about(finding.about)}
              </p>
            </div>
            <Button look="quiet" onClick={() => onGoTo(finding.line, finding.column)}>
              {t('findings.line', { line: finding.line })}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">
        {tests.failed > 0
          ? t('findings.testsFailed', { count: tests.failed })
          : t('findings.tests', { count: tests.passed })}
      </p>
    </div>
  );
}

const rank = (severity: 'error' | 'warning') => (severity === 'error' ? 0 : 1);
