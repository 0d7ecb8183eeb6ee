import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction, useApi } from '../../query.ts';
import type { Shop } from '../../session.tsx';
import { usePlatformNames } from '../shop-system/names.ts';
import type { PlatformName } from '../shop-system/types.ts';
import { type ActDraft, type AskedKind, bodyOf, emptyDraft } from './act-body.ts';
import { ActFields } from './act-fields.tsx';
import { useThen } from './act-then.ts';
import type { InShopView } from './in-shop-view.ts';

interface ActDialogProps {
  shop: Shop;
  customer: string;
  name: string;
  kind: AskedKind;
  view: InShopView;
  platform: PlatformName;
  onClose: () => void;
}

/** Asks for one thing to be done in the shop's system, after saying what will happen to whom and what they read. */
export function ActDialog({ shop, customer, name, kind, view, platform, onClose }: ActDialogProps) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const names = usePlatformNames(platform);
  const platforms = useApi('GET /api/platforms', {});
  const note = platforms.data?.items
    .find((each) => each.name === platform)
    ?.abilities.find((each) => each.name === kind)?.note;
  const things = kind.endsWith('_return') ? view.openReturns.length : view.orders.length;
  const [draft, setDraft] = useState<ActDraft>(() => ({ ...emptyDraft, about: onlyThing(kind, view) }));
  const [tried, setTried] = useState(false);
  const asked = bodyOf(kind, draft, shop.currency);
  const missing = 'missing' in asked ? asked.missing : null;
  const then = useThen({ asked: 'body' in asked ? asked.body : null, name, view, platform });
  const act = useAction('POST /api/shops/:shop/customers/:id/acts', {
    touches: ['GET /api/shops/:shop/customers/:id/shop', 'GET /api/shops/:shop/acts'],
    follows: true,
    says: () => t('act.done', names),
    quietErrors: true,
  });
  const nothing = kind.startsWith('give_') ? false : things === 0;
  const submit = () => {
    setTried(true);
    if ('body' in asked)
      act.mutate({ params: { shop: shop.slug, id: customer }, body: asked.body }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t(`act.name.${kind}`)}
      description={t('act.description', { ...names, name })}
      cancel={t('act.cancel')}
      submit={t(`act.submit.${kind}`)}
      look={kind === 'cancel_order' || kind === 'decline_return' ? 'danger' : 'primary'}
      pending={act.isPending}
      disabled={nothing}
      error={act.error?.message}
      noValidate
      onSubmit={submit}
    >
      {nothing ? (
        <p className="text-base text-ink">
          {t(kind.endsWith('_return') ? 'act.noReturns' : 'act.noOrders', { ...names, name })}
        </p>
      ) : (
        <>
          <ActFields
            kind={kind}
            draft={draft}
            onChange={(change) => setDraft({ ...draft, ...change })}
            missing={tried ? missing : null}
            name={isolate(name)}
            view={view}
            currency={shop.currency}
            formats={formats}
          />
          {(then.length > 0 || note) && (
            <Note>
              <p className="font-medium">{t('act.happens')}</p>
              {then.map((sentence) => (
                <p key={sentence} className="wrap-anywhere">
                  {sentence}
                </p>
              ))}
              {note && <p className="text-muted">{t('act.then.there', { ...names, note })}</p>}
            </Note>
          )}
        </>
      )}
    </FormDialog>
  );
}

/** The one order or return there is: nobody has to choose it. */
function onlyThing(kind: AskedKind, view: InShopView): string {
  if (kind.endsWith('_return')) return view.openReturns.length === 1 ? (view.openReturns[0]?.return ?? '') : '';
  return kind.endsWith('_order') && view.orders.length === 1 ? (view.orders[0]?.order ?? '') : '';
}
