import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormatProvider } from '../../../ui/index.ts';
import { fieldError } from '../../api.ts';
import { formatLocale } from '../../i18n.ts';
import { useAction } from '../../query.ts';
import { beginSession } from '../../session.tsx';
import { Doorstep } from './doorstep.tsx';
import { type Owner, OwnerStep } from './owner-step.tsx';
import { guessedShop, type NewShop, ShopStep } from './shop-step.tsx';

/** The first visit: who are you, and what is your shop? Then the shop's own first page offers what to put in it. */
export default function WelcomePage() {
  const { t } = useTranslation('welcome');
  const navigate = useNavigate();
  const [step, setStep] = useState<'owner' | 'shop'>('owner');
  const [owner, setOwner] = useState<Owner>({ name: '', email: '', password: '' });
  const [shop, setShop] = useState<NewShop>(guessedShop);
  const setup = useAction('POST /api/setup', { quietErrors: true });

  useEffect(() => {
    document.title = `${t(`${step}.title`)} · ${t('name')}`;
  }, [t, step]);

  const create = (event: FormEvent) => {
    event.preventDefault();
    setup.mutate(
      { body: { owner, shop } },
      {
        onSuccess: (session) => {
          beginSession(session);
          void navigate({ to: '/', replace: true });
        },
        onError: (error) => {
          const aboutOwner = (['name', 'email', 'password'] as const).some((each) =>
            fieldError(error, `owner.${each}`),
          );
          if (aboutOwner) setStep('owner');
        },
      },
    );
  };

  return (
    <FormatProvider locale={formatLocale()} timeZone={shop.timeZone} currency={shop.currency}>
      <Doorstep
        wide={step === 'shop'}
        eyebrow={t('steps', { step: step === 'owner' ? 1 : 2, of: 2 })}
        title={t(`${step}.title`)}
        answer={t(`${step}.answer`)}
      >
        {step === 'owner' ? (
          <OwnerStep value={owner} onChange={setOwner} error={setup.error} onNext={() => setStep('shop')} />
        ) : (
          <ShopStep
            value={shop}
            onChange={setShop}
            error={setup.error}
            errorOf={(field) => fieldError(setup.error, `shop.${field}`)}
            pending={setup.isPending}
            back={t('back')}
            onBack={() => setStep('owner')}
            onCreate={create}
          />
        )}
      </Doorstep>
    </FormatProvider>
  );
}
