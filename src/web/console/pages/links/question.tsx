import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkQuestion, LinkSide } from '../../../../contracts/links.ts';
import { Badge, Button, Card, cx, DateText, Link, StandingBadge, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { LinkFields } from '../../conduct/link-fields.tsx';
import { PersonName, personInSentence } from '../../conduct/person.tsx';
import type { LinkWish } from './page.tsx';

interface QuestionProps {
  shop: string;
  question: LinkQuestion;
  current: boolean;
  heading: (element: HTMLHeadingElement | null) => void;
  onCurrent: () => void;
  pending: boolean;
  mayConfirm: boolean;
  mayChange: boolean;
  /** Null: may read only. */
  onAnswer: ((wish: LinkWish) => void) | null;
}

/** Two customers side by side, what speaks for one person and against it, and the answers. */
export function Question({
  shop,
  question,
  current,
  heading,
  onCurrent,
  pending,
  mayConfirm,
  mayChange,
  onAnswer,
}: QuestionProps) {
  const { t } = useTranslation('links');
  const { t: people } = useTranslation('events');
  const formats = useFormats();
  const { one, other, fields, likelihood } = question;
  const names = { one: personInSentence(one, people), other: personInSentence(other, people) };
  return (
    <Card className={cx('flex flex-col gap-4 p-4', current && 'border-edge')}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2
          ref={heading}
          tabIndex={-1}
          onFocus={onCurrent}
          aria-current={current ? 'true' : undefined}
          className="text-base font-semibold text-ink"
        >
          {t('question', names)}
        </h2>
        {likelihood !== null && (
          <p className="text-sm text-muted">{t('likely', { share: isolate(formats.share(likelihood)) })}</p>
        )}
      </div>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-[minmax(0,2fr)_minmax(0,1.1fr)]">
        {/* Fact beside fact, whatever takes two lines on one side. */}
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-2 md:gap-y-1">
          <Side shop={shop} side={one} />
          <Side shop={shop} side={other} />
        </div>
        <section className="min-w-0">
          <h3 className="mb-1 text-sm text-muted">{t('speaks')}</h3>
          <LinkFields fields={fields} label={t('speaks')} />
        </section>
      </div>
      {onAnswer && (
        <div className="flex flex-col gap-2 border-t border-line pt-3">
          <div className="flex flex-wrap gap-2">
            {mayConfirm && (
              <Button look="primary" keys="s" pending={pending} onClick={() => onAnswer('confirm')}>
                {t('confirm')}
              </Button>
            )}
            {mayChange && (
              <Button keys="n" pending={pending} onClick={() => onAnswer('split')}>
                {t('split')}
              </Button>
            )}
            <Button look="quiet" keys="l" onClick={() => onAnswer('later')}>
              {t('later')}
            </Button>
          </div>
          <div className="flex max-w-[80ch] flex-col gap-1 text-xs text-muted">
            <p>{mayConfirm ? `${t('confirm')}: ${t('happens.confirm')}` : t('managing.confirm')}</p>
            {mayChange && (
              <p>
                {t('split')}: {t('happens.split')}
              </p>
            )}
          </div>
        </div>
      )}
    </Card>
  );
}

export function Side({ shop, side }: { shop: string; side: LinkSide }) {
  const { t } = useTranslation('links');
  const formats = useFormats();
  return (
    <section className="min-w-0 md:row-span-9 md:grid md:grid-rows-subgrid">
      <h3 className="flex flex-wrap content-start items-center gap-x-2 gap-y-1 text-base">
        <Link to="/shops/$shop/customers/$id" params={{ shop, id: side.id }}>
          <PersonName person={side} />
        </Link>
        <StandingBadge standing={side.standing} />
        {side.bound && <Badge>{t('bound')}</Badge>}
      </h3>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm md:row-span-8 md:mt-1 md:grid-rows-subgrid">
        <Fact name={t('fact.email')} value={side.email} />
        <Fact name={t('fact.phone')} value={side.phone} />
        <Fact name={t('fact.address')} value={side.address} />
        <Fact name={t('fact.birthYear')} value={side.birthYear === null ? null : String(side.birthYear)} />
        <Fact name={t('fact.since')} value={<DateText at={side.firstAt} />} />
        <Fact name={t('fact.last')} value={<DateText at={side.lastAt} />} />
        <Fact name={t('fact.orders')} value={formats.count(side.orders)} />
        <Fact name={t('fact.returns')} value={formats.count(side.returns)} />
      </dl>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode | null }) {
  const { t } = useTranslation('links');
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-ink wrap-anywhere">
        {value === null ? <span className="text-muted">{t('unknown')}</span> : <bdi>{value}</bdi>}
      </dd>
    </>
  );
}
