import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf } from '../../../../contracts/routes.ts';
import {
  Badge,
  Button,
  Card,
  DateText,
  ErrorState,
  IconButton,
  Menu,
  MenuChoice,
  MenuItem,
  MenuSeparator,
  Section,
  SkeletonRows,
} from '../../../ui/index.ts';
import type { Role } from '../../access.ts';
import { keyOf, useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { NewColleague } from './new-colleague.tsx';

type Member = ResponseOf<'GET /api/shops/:shop/staff'>['items'][number];
export const ROLES: readonly Role[] = ['owner', 'manager', 'agent', 'auditor'];

/** Who works here, and what each may do. */
export function Staff() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const staff = useApi('GET /api/shops/:shop/staff', { params: { shop: shop.slug } });
  const [adding, setAdding] = useState(false);
  const may = shop.may('POST /api/shops/:shop/staff');
  return (
    <Section
      title={t('staff.title')}
      hint={t('staff.hint')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('staff.add')}
          </Button>
        )
      }
    >
      {staff.error ? (
        <ErrorState error={staff.error} onRetry={() => void staff.refetch()} />
      ) : (
        <Card>
          {staff.data ? (
            <ul>
              {staff.data.items.map((member) => (
                <MemberRow key={member.id} member={member} mayChange={may && !member.you} />
              ))}
            </ul>
          ) : (
            <SkeletonRows rows={3} />
          )}
        </Card>
      )}
      {may && <NewColleague open={adding} onOpenChange={setAdding} />}
    </Section>
  );
}

function MemberRow({ member, mayChange }: { member: Member; mayChange: boolean }) {
  const { t } = useTranslation(['settings', 'common']);
  return (
    <li className="flex items-center gap-4 border-b border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-base font-medium">
          <bdi className="truncate">{member.name}</bdi>
          {member.you && <Badge>{t('staff.you')}</Badge>}
          {member.disabled && <Badge meaning="watch">{t('staff.disabled')}</Badge>}
        </p>
        <p className="truncate text-sm text-muted">
          <bdi>{member.email}</bdi>
        </p>
      </div>
      <span className="text-sm text-muted max-sm:hidden">
        {t('staff.since')} <DateText at={member.createdAt} />
      </span>
      <span className="min-w-16 text-end text-sm">{t(`common:role.${member.role}`)}</span>
      <span className="control-square shrink-0">{mayChange && <MemberMenu member={member} />}</span>
    </li>
  );
}

function MemberMenu({ member }: { member: Member }) {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const params = { shop: shop.slug, id: member.id };
  const before = { role: member.role, disabled: member.disabled };
  const change = useAction('PATCH /api/shops/:shop/staff/:id', {
    touches: ['GET /api/shops/:shop/staff'],
    optimistic: (cache, { body }) => {
      const key = keyOf('GET /api/shops/:shop/staff', { params: { shop: shop.slug } });
      cache.setQueryData<{ items: Member[] }>(
        key,
        (list) =>
          list && {
            items: list.items.map((each) =>
              each.id === member.id
                ? { ...each, role: body.role ?? each.role, disabled: body.disabled ?? each.disabled }
                : each,
            ),
          },
      );
    },
    says: (answer, { body }) => {
      if (body.role) return t('staff.roleChanged', { name: answer.name, role: t(`common:role.${answer.role}`) });
      return answer.disabled
        ? t('staff.disabledNow', { name: answer.name })
        : t('staff.enabledNow', { name: answer.name });
    },
    undo: () => ({
      route: 'PATCH /api/shops/:shop/staff/:id',
      args: { params, body: before },
      says: t('staff.restored'),
    }),
  });
  return (
    <Menu align="end" trigger={<IconButton icon="more" label={t('staff.actions', { name: member.name })} />}>
      <MenuChoice
        label={t('staff.role')}
        value={member.role}
        onChange={(role) => change.mutate({ params, body: { role } })}
        options={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
      />
      <MenuSeparator />
      <MenuItem
        icon={member.disabled ? 'undo' : 'close'}
        onClick={() => change.mutate({ params, body: { disabled: !member.disabled } })}
      >
        {member.disabled ? t('staff.enable') : t('staff.disable')}
      </MenuItem>
    </Menu>
  );
}
