import { useTranslation } from 'react-i18next';
import type { LinkedAccount, LinkedAccounts } from '../../../../contracts/links.ts';
import { Button, Link, StandingBadge, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { mayChangeLink, mayConfirmLink } from '../../access.ts';
import { LinkFields } from '../../conduct/link-fields.tsx';
import { PersonName, personInSentence } from '../../conduct/person.tsx';
import { useLinkAnswer } from '../../conduct/use-link-answer.ts';
import type { Shop } from '../../session.tsx';
import { kindOf } from './links-graph.tsx';
import { linkIs } from './links-layout.ts';

const ROUTE = 'POST /api/shops/:shop/customers/:id/links';
/** What speaks for a link has the most words. */
const COLUMNS = [
  ['customer', 'w-[22%]'],
  ['link', 'w-[38%]'],
  ['why', 'w-2/5'],
] as const;
const CELL = 'py-2.5 pe-4 align-top max-md:block max-md:py-1';

/** The facts of the drawing, row by row, and the answers. */
export function LinksTable({ shop, customer, links }: { shop: Shop; customer: string; links: LinkedAccounts }) {
  const { t } = useTranslation('links');
  const may = shop.may(ROUTE);
  return (
    <div className="min-w-0 overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">{t('linked.table')}</caption>
        <thead className="max-md:sr-only">
          <tr className="border-b border-line text-start text-muted">
            {COLUMNS.map(([column, width]) => (
              <th key={column} scope="col" className={`pe-4 pb-1.5 text-start font-normal ${width}`}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {links.accounts.map((account) => (
            <Row key={account.id} shop={shop} customer={customer} account={account} links={links} may={may} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  shop: Shop;
  customer: string;
  account: LinkedAccount;
  links: LinkedAccounts;
  may: boolean;
}

function Row({ shop, customer, account, links, may }: RowProps) {
  const { t } = useTranslation('links');
  const formats = useFormats();
  const shared = links.shared.filter(({ accounts }) => accounts.includes(account.id));
  const is = linkIs(account);
  return (
    <tr className="max-md:block max-md:py-2">
      <th scope="row" className={`${CELL} text-start font-medium`}>
        <Link to="/shops/$shop/customers/$id" params={{ shop: shop.slug, id: account.id }}>
          <PersonName person={account} />
        </Link>
        <div className="mt-0.5 font-normal">
          <StandingBadge standing={account.standing} plain />
        </div>
      </th>
      <td className={CELL}>
        <p className="text-ink">{t(`is.${is}`)}</p>
        {account.likelihood !== null && (is === 'probably_same' || is === 'same') && (
          <p className="text-muted">{t('likely', { share: isolate(formats.share(account.likelihood)) })}</p>
        )}
        {shared.length > 0 && (
          <p className="text-muted wrap-anywhere">
            {t('linked.shared', {
              what: shared
                .map(({ kind, text }) => `${t(`kind.${kindOf(kind)}`)} ${isolate(text ?? t('earlier'))}`)
                .join(' · '),
            })}
          </p>
        )}
        {may && <Answers shop={shop} customer={customer} account={account} />}
      </td>
      <td className={CELL}>
        <LinkFields fields={account.fields} label={t('speaks')} />
      </td>
    </tr>
  );
}

function Answers({ shop, customer, account }: { shop: Shop; customer: string; account: LinkedAccount }) {
  const { t } = useTranslation('links');
  const { t: people } = useTranslation('events');
  const answer = useLinkAnswer();
  const name = personInSentence(account, people);
  const send = (wish: 'confirm' | 'split' | 'reopen') =>
    answer.mutate({ params: { shop: shop.slug, id: customer }, body: { other: account.id, answer: wish } });
  const answered = account.state === 'confirmed' || account.state === 'split';
  const mayConfirm = mayConfirmLink(shop.role, account.confirm);
  const mayChange = mayChangeLink(shop.role, account.change);
  return (
    <>
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {answered && mayChange && (
          <Button
            icon="undo"
            pending={answer.isPending}
            aria-label={`${t('reopen')}: ${name}`}
            onClick={() => send('reopen')}
          >
            {t('reopen')}
          </Button>
        )}
        {!answered && mayConfirm && (
          <Button pending={answer.isPending} aria-label={`${t('confirm')}: ${name}`} onClick={() => send('confirm')}>
            {t('confirm')}
          </Button>
        )}
        {!answered && mayChange && (
          <Button
            look={mayConfirm ? 'quiet' : 'secondary'}
            pending={answer.isPending}
            aria-label={`${t('split')}: ${name}`}
            onClick={() => send('split')}
          >
            {t('split')}
          </Button>
        )}
      </div>
      {!mayChange && <p className="mt-1 text-xs text-muted">{t('managing.change')}</p>}
      {!answered && mayChange && !mayConfirm && account.confirm === 'managing' && (
        <p className="mt-1 text-xs text-muted">{t('managing.confirm')}</p>
      )}
    </>
  );
}
