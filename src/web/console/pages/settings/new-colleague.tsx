import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, Input, RadioGroup } from '../../../ui/index.ts';
import type { Role } from '../../access.ts';
import { fieldError, otherError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { PASSWORD_MIN } from '../welcome/owner-step.tsx';
import { ROLES } from './staff.tsx';

const NOBODY = { name: '', email: '', password: '', role: 'agent' as Role };

export function NewColleague({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const shop = useShop();
  const [value, setValue] = useState(NOBODY);
  const add = useAction('POST /api/shops/:shop/staff', {
    touches: ['GET /api/shops/:shop/staff'],
    says: (member) => t('staff.added', { name: member.name }),
    quietErrors: true,
  });
  const submit = () => {
    add.mutate(
      { params: { shop: shop.slug }, body: value },
      {
        onSuccess: () => {
          setValue(NOBODY);
          onOpenChange(false);
        },
      },
    );
  };
  return (
    <FormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={t('staff.add')}
      description={t('staff.addAnswer')}
      cancel={t('common:cancel')}
      submit={t('staff.add')}
      pending={add.isPending}
      error={otherError(add.error)?.message}
      onSubmit={submit}
    >
      <Field label={t('staff.name')} error={fieldError(add.error, 'name')}>
        <Input
          required
          maxLength={120}
          autoComplete="off"
          value={value.name}
          onChange={(event) => setValue({ ...value, name: event.target.value })}
        />
      </Field>
      <Field label={t('staff.email')} error={fieldError(add.error, 'email')}>
        <Input
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          value={value.email}
          onChange={(event) => setValue({ ...value, email: event.target.value })}
        />
      </Field>
      <Field label={t('staff.password')} hint={t('staff.passwordHint')} error={fieldError(add.error, 'password')}>
        <Input
          type="text"
          required
          minLength={PASSWORD_MIN}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={value.password}
          onChange={(event) => setValue({ ...value, password: event.target.value })}
        />
      </Field>
      <RadioGroup
        label={t('staff.role')}
        value={value.role}
        onChange={(role) => setValue({ ...value, role })}
        options={ROLES.map((role) => ({
          value: role,
          label: t(`common:role.${role}`),
          hint: t(`staff.roles.${role}`),
        }))}
      />
    </FormDialog>
  );
}
