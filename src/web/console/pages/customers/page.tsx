import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '../../../../contracts/customers.ts';
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  PageFill,
  PageHeader,
  Select,
  type Standing,
  StandingMark,
  Table,
  toast,
  useFormats,
} from '../../../ui/index.ts';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { saveCustomers } from '../../files.ts';
import { useApiPages } from '../../query.ts';
import { SearchField } from '../../search-field.tsx';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { useColumns } from './columns.tsx';

const VIEW = { q: '', standing: [] as readonly string[], sort: 'recent' };
/** What is typed to find somebody is about them. */
const UNSAID = ['q'] as const;
const STANDINGS = ['good', 'watched', 'warned', 'restricted', 'blocked'] as const;
const SORTS = ['recent', 'value', 'returned'] as const;
const LAYOUTS = ['plain', 'shopify', 'woocommerce'] as const;

/** Who buys here, and how does each of them stand? */
export default function CustomersPage() {
  const { t } = useTranslation(['customers', 'ui']);
  const shop = useShop();
  const navigate = useNavigate();
  const formats = useFormats();
  const [view, setView] = useView(VIEW, UNSAID);
  const sort = SORTS.find((each) => each === view.sort) ?? 'recent';
  const standing = STANDINGS.filter((each) => view.standing.includes(each));
  const wanted = {
    ...(view.q !== '' && { q: view.q }),
    ...(standing.length > 0 && { standing: [...standing] }),
    sort,
  };
  const list = useApiPages('POST /api/shops/:shop/customers/search', { params: { shop: shop.slug }, body: wanted });
  const columns = useColumns(shop.slug, sort);
  const counts = list.first?.counts;
  const filtered = view.q !== '' || standing.length > 0;
  const save = useMutation({
    mutationFn: (layout: (typeof LAYOUTS)[number]) => saveCustomers(shop.slug, { ...wanted, layout }),
    onError: (error) => toast({ title: error.message, meaning: 'failed' }),
  });
  const clear = () => setView({ q: '', standing: [] });

  return (
    <PageFill>
      <PageHeader
        title={t('title')}
        answer={counts && <Answer counts={counts} />}
        actions={
          <>
            <Select
              aria-label={t('sort')}
              className="w-48"
              value={sort}
              onChange={(event) => setView({ sort: event.target.value })}
            >
              {SORTS.map((each) => (
                <option key={each} value={each}>
                  {t(`sorts.${each}`)}
                </option>
              ))}
            </Select>
            {shop.may('POST /api/shops/:shop/customers/:id/measures') ? (
              <Menu
                align="end"
                trigger={
                  <Button icon="download" pending={save.isPending}>
                    <span className="sr-only">{t('exportLong')}</span>
                    <span aria-hidden="true">{t('export')}</span>
                  </Button>
                }
              >
                {LAYOUTS.map((layout) => (
                  <MenuItem key={layout} onClick={() => save.mutate(layout)}>
                    {t(`layouts.${layout}`)}
                  </MenuItem>
                ))}
              </Menu>
            ) : (
              <Button icon="download" pending={save.isPending} onClick={() => save.mutate('plain')}>
                <span className="sr-only">{t('exportLong')}</span>
                <span aria-hidden="true">{t('export')}</span>
              </Button>
            )}
          </>
        }
      />
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={t('search')}
          hint={t('searchHint')}
          group={t('group')}
          maxLength={120}
          value={view.q}
          onChange={(q) => setView({ q })}
        />
        <fieldset className="flex min-w-0 gap-2 overflow-x-auto max-md:w-full">
          <legend className="sr-only">{t('standings')}</legend>
          {STANDINGS.map((each) => (
            <Toggle
              key={each}
              pressed={standing.includes(each)}
              onChange={(on) =>
                setView({ standing: on ? [...standing, each] : standing.filter((other) => other !== each) })
              }
              count={formats.count(counts?.[each] ?? 0)}
            >
              <StandingMark standing={each} />
              {t(`ui:standing.${each}`)}
            </Toggle>
          ))}
        </fieldset>
      </div>
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Table<CustomerRow>
          className="flex-1"
          label={t('title')}
          keep="customers"
          rows={list.rows}
          rowKey={(row) => row.id}
          loading={list.isPending}
          loadingMore={list.isFetchingNextPage}
          onEnd={list.more}
          onOpen={(row) => void navigate({ to: '/shops/$shop/customers/$id', params: { shop: shop.slug, id: row.id } })}
          columns={columns}
          empty={filtered ? <NobodyMatches onClear={clear} /> : <NobodyYet shop={shop.slug} />}
        />
      )}
    </PageFill>
  );
}

function Answer({ counts }: { counts: Record<Standing, number> }) {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  const all = STANDINGS.reduce((sum, each) => sum + counts[each], 0);
  const good = counts.good;
  const unusual =
    good === all ? t('unusual.none') : t('unusual.some', { share: formats.share(all === 0 ? 1 : good / all) });
  return t('answer', { count: all, number: formats.count(all), unusual });
}

function NobodyMatches({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('customers');
  return (
    <EmptyState icon="search" title={t('none.title')} action={<Button onClick={onClear}>{t('none.action')}</Button>}>
      {t('none.hint')}
    </EmptyState>
  );
}

function NobodyYet({ shop }: { shop: string }) {
  const { t } = useTranslation('customers');
  return (
    <EmptyState
      icon="people"
      title={t('empty.title')}
      action={
        <ButtonLink look="primary" to="/shops/$shop/imports" params={{ shop }}>
          {t('empty.action')}
        </ButtonLink>
      }
    >
      {t('empty.hint')}
    </EmptyState>
  );
}
