import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { Card, Note, RelativeTime, Section, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { Attachments } from './attachments.tsx';
import { Earlier, Told } from './records.tsx';

interface SaidProps {
  shop: string;
  detail: AppealDetail;
}

/** What the customer says: why, in their own words and language, with their files, and what was asked and answered since. */
export function Said({ shop, detail }: SaidProps) {
  const { t } = useTranslation('appeals');
  const formats = useFormats();
  const [first, ...rest] = detail.exchange;
  return (
    <Section title={t('said.title')} hint={t('said.hint')}>
      <Card className="flex flex-col gap-3 px-4 py-4">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-lg font-semibold text-ink">{t(`ground.${detail.ground}`)}</span>
          <span className="text-sm text-muted">
            {t('said.inLanguage', { language: isolate(formats.language(detail.language)) })}
          </span>
        </p>
        <Words text={first?.text ?? null} language={detail.language} />
        <p className="text-sm text-muted">
          {detail.disputed.length === 0
            ? t('said.disputesNone')
            : t('said.disputes', { count: detail.disputed.length })}
        </p>
        {first && <Attachments shop={shop} appeal={detail.id} files={first.attachments} />}
      </Card>
      {(rest.length > 0 || detail.state === 'information_asked') && (
        <Exchange shop={shop} detail={detail} exchange={rest} />
      )}
      <Earlier shop={shop} earlier={detail.earlier} />
      <Told shop={shop} notices={detail.notices} />
    </Section>
  );
}

/** A person's words, in their own language and direction. */
function Words({ text, language }: { text: string | null; language?: string }) {
  const { t } = useTranslation('appeals');
  if (text === null || text === '') return <p className="text-base text-muted">{t('said.nothing')}</p>;
  return (
    <blockquote
      lang={language}
      dir="auto"
      className="border-s-2 border-edge ps-3 text-lg wrap-anywhere whitespace-pre-line text-ink"
    >
      {text}
    </blockquote>
  );
}

function Exchange({ shop, detail, exchange }: SaidProps & { exchange: AppealDetail['exchange'] }) {
  const { t } = useTranslation(['appeals', 'events']);
  const { t: words } = useTranslation('events');
  const formats = useFormats();
  const customer = personInSentence(detail.customer, words);
  const whoSaid = ({ kind, name }: AppealDetail['exchange'][number]): string => {
    switch (kind) {
      case 'asked':
        return name === null ? t('exchange.askedSomebody') : t('exchange.asked', { name: isolate(name) });
      case 'decided':
        return name === null ? t('exchange.decidedSomebody') : t('exchange.decided', { name: isolate(name) });
      case 'withdrawn':
        return t('exchange.withdrawn', { name: customer });
      case 'filed':
      case 'given':
        return t('exchange.answered', { name: customer });
    }
  };
  return (
    <Section level={3} title={t('exchange.title')}>
      <ol className="flex flex-col gap-3">
        {exchange.map((each) => {
          const shopSays = each.from === 'shop';
          return (
            <li key={`${each.from} ${each.at}`}>
              <Card className="flex flex-col gap-2 px-4 py-3">
                <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm text-muted">
                  <span>{whoSaid(each)}</span>
                  <RelativeTime at={each.at} />
                </p>
                {each.kind !== 'withdrawn' && (
                  <Words text={each.text} {...(shopSays ? {} : { language: detail.language })} />
                )}
                <Attachments shop={shop} appeal={detail.id} files={each.attachments} />
              </Card>
            </li>
          );
        })}
      </ol>
      {detail.state === 'information_asked' && detail.informationUntil !== null && (
        <Note>{t('exchange.waiting', { date: isolate(formats.date(detail.informationUntil)) })}</Note>
      )}
    </Section>
  );
}
