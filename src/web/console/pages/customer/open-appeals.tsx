import { useTranslation } from 'react-i18next';
import { Card, Link } from '../../../ui/index.ts';
import { DueText } from '../../conduct/appeal-due.tsx';
import { useApi } from '../../query.ts';

const MOST = 20;

/** Appeals of this customer that wait for an answer. Nothing when there are none. */
export function OpenAppeals({ shop, customer }: { shop: string; customer: string }) {
  const { t } = useTranslation(['customer', 'events']);
  const appeals = useApi('GET /api/shops/:shop/appeals', { params: { shop }, query: { customer, limit: MOST } });
  return appeals.data?.items
    .filter((appeal) => appeal.customer.id === customer)
    .map((appeal) => (
      <Card key={appeal.id} className="flex flex-col gap-1 px-4 py-3">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm text-muted">
          {t(`now.appeal.${appeal.type}`)}
          <DueText due={appeal} />
        </p>
        <p className="text-base font-medium text-ink">
          {appeal.measure.title === '' ? t(`events:measureType.${appeal.measure.type}`) : appeal.measure.title}
        </p>
        <p>
          <Link to="/shops/$shop/appeals/$id" params={{ shop, id: appeal.id }}>
            {t('now.toAppeal')}
          </Link>
        </p>
      </Card>
    ));
}
