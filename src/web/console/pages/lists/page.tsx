import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  ButtonLink,
  cx,
  EmptyState,
  ErrorState,
  Menu,
  MenuGroup,
  MenuItem,
  MenuSeparator,
  PageFill,
  PageHeader,
  Select,
  Table,
  toast,
  useFormats,
} from '../../../ui/index.ts';
import { saveLists } from '../../files.ts';
import { listFormatNamed } from '../../list-formats.ts';
import { useApiPages } from '../../query.ts';
import { SearchField } from '../../search-field.tsx';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { AddDialog } from './add-dialog.tsx';
import { ChangesSheet } from './changes.tsx';
import { useEntryColumns } from './columns.tsx';
import { EntrySheet } from './entry-sheet.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { type Entry, LISTS, SHOWS, TYPES } from './types.ts';

/** `bring` names the format of a file to bring in: whoever begins on the Imports page is led here. */
const VIEW = { q: '', list: '', type: '', show: 'valid', bring: '' };
/** A value names a person. */
const UNSAID = ['q'] as const;
const FIREWALLS = ['nginx', 'ipset', 'cloudflare'] as const;

/** Who is always let through, who is stopped, why and until when? */
export default function ListsPage() {
  const { t } = useTranslation('lists');
  const shop = useShop();
  const formats = useFormats();
  const [view, setView] = useView(VIEW, UNSAID);
  const list = LISTS.find((each) => each === view.list);
  const type = TYPES.find((each) => each === view.type);
  const show = SHOWS.find((each) => each === view.show) ?? 'valid';
  const [open, setOpen] = useState<Entry | null>(null);
  const [asking, setAsking] = useState<'add' | 'import' | 'past' | null>(null);
  const entries = useApiPages('POST /api/shops/:shop/lists/search', {
    params: { shop: shop.slug },
    body: { show, ...(list && { list }), ...(type && { type: [type] }), ...(view.q !== '' && { q: view.q }) },
  });
  const save = useMutation({
    mutationFn: (as: 'csv' | (typeof FIREWALLS)[number]) => saveLists(shop.slug, { as, ...(list && { list }) }),
    onError: (error) => toast({ title: error.message, meaning: 'failed' }),
  });
  const columns = useEntryColumns(setOpen, show === 'ending' || show === 'ended');
  const counts = entries.first?.counts;
  const may = shop.may('POST /api/shops/:shop/lists/entries');
  const isBare = counts ? entries.rows.length === 0 && Object.values(counts).every((count) => count === 0) : false;
  const filtered = list !== undefined || type !== undefined || show !== 'valid' || view.q !== '';
  const close = () => {
    setAsking(null);
    if (view.bring !== '') setView({ bring: '' });
  };
  const bringing = may ? listFormatNamed(view.bring) : undefined;
  return (
    <PageFill>
      <PageHeader
        title={t('title')}
        answer={<Answer allow={counts?.allow ?? 0} deny={counts?.deny ?? 0} />}
        actions={
          <>
            <Button icon="clock" onClick={() => setAsking('past')}>
              <span className="max-md:sr-only">{t('past.button')}</span>
            </Button>
            {may && (
              <>
                <Menu
                  align="end"
                  trigger={
                    <Button icon="download" disabled={isBare} pending={save.isPending}>
                      <span className="sr-only">{t('export.long')}</span>
                      <span aria-hidden="true">{t('export.button')}</span>
                    </Button>
                  }
                >
                  <MenuItem onClick={() => save.mutate('csv')}>{t('export.csv')}</MenuItem>
                  <MenuSeparator />
                  <MenuGroup label={t('export.firewallHint')}>
                    {FIREWALLS.map((as) => (
                      <MenuItem key={as} onClick={() => save.mutate(as)}>
                        {t(`export.${as}`)}
                      </MenuItem>
                    ))}
                  </MenuGroup>
                </Menu>
                <Button icon="upload" onClick={() => setAsking('import')}>
                  {t('import.button')}
                </Button>
                <Button look="primary" icon="plus" onClick={() => setAsking('add')}>
                  {t('add.button')}
                </Button>
              </>
            )}
          </>
        }
      />
      {/* With no entry at all there is nothing to look for. */}
      <div className={cx('flex flex-wrap items-center gap-2', isBare && !filtered && 'hidden')}>
        <SearchField
          label={t('search')}
          hint={t('searchHint')}
          group={t('group')}
          maxLength={400}
          value={view.q}
          onChange={(q) => setView({ q })}
        />
        <Select
          aria-label={t('list')}
          className="w-36 max-md:w-[calc(50%-0.25rem)]"
          value={list ?? ''}
          onChange={(event) => setView({ list: event.target.value })}
        >
          <option value="">{t('lists.both')}</option>
          {LISTS.map((each) => (
            <option key={each} value={each}>
              {t(`lists.${each}`)}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t('typeFilter')}
          className="w-44 max-md:w-[calc(50%-0.25rem)]"
          value={type ?? ''}
          onChange={(event) => setView({ type: event.target.value })}
        >
          <option value="">{t('allTypes')}</option>
          {TYPES.map((each) => (
            <option key={each} value={each}>
              {t(`type.${each}`)}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t('show')}
          className="w-52 max-md:w-full"
          value={show}
          onChange={(event) => setView({ show: event.target.value })}
        >
          {SHOWS.map((each) => (
            <option key={each} value={each}>
              {each === 'valid' || !counts
                ? t(`shows.${each}`)
                : `${t(`shows.${each}`)} (${formats.count(counts[each])})`}
            </option>
          ))}
        </Select>
      </div>
      {entries.error ? (
        <ErrorState error={entries.error} onRetry={() => void entries.refetch()} />
      ) : (
        <Table<Entry>
          className="flex-1"
          label={t('title')}
          keep="lists"
          rows={entries.rows}
          rowKey={(row) => row.id}
          loading={entries.isPending}
          loadingMore={entries.isFetchingNextPage}
          onEnd={entries.more}
          onOpen={setOpen}
          columns={columns}
          empty={
            filtered ? (
              <EmptyState
                icon="list"
                title={t('empty.none')}
                action={<Button onClick={() => setView(VIEW)}>{t('empty.clear')}</Button>}
              >
                {t('empty.noneHint')}
              </EmptyState>
            ) : (
              <EmptyState
                icon="list"
                title={t('empty.title')}
                action={
                  <>
                    <ButtonLink to="/shops/$shop/policy" params={{ shop: shop.slug }}>
                      {t('empty.policy')}
                    </ButtonLink>
                    {may && <Button onClick={() => setAsking('add')}>{t('empty.add')}</Button>}
                  </>
                }
              >
                {t('empty.hint')}
              </EmptyState>
            )
          }
        />
      )}
      {open && <EntrySheet entry={open} may={may} onClose={() => setOpen(null)} onChanged={setOpen} />}
      {asking === 'add' && <AddDialog onClose={close} />}
      {(asking === 'import' || bringing) && <ImportDialog format={bringing ?? 'lists-csv'} onClose={close} />}
      {asking === 'past' && <ChangesSheet onClose={close} />}
    </PageFill>
  );
}

function Answer({ allow, deny }: { allow: number; deny: number }) {
  const { t } = useTranslation('lists');
  const formats = useFormats();
  if (allow + deny === 0) return t('answer.none');
  const counted = (count: number) => ({ count, number: formats.count(count) });
  return t('answer.both', { deny: t('answer.deny', counted(deny)), allow: t('answer.allow', counted(allow)) });
}
