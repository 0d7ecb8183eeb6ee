import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DropZone, Note, Section, Spinner, toast } from '../../../ui/index.ts';
import { logoAddress, uploadLogo } from '../../files.ts';
import { keyOf, queryClient, useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** The shop's logo: shown, replaced, removed. */
export function Logo({ has, may }: { has: boolean; may: boolean }) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const [version, setVersion] = useState(() => Date.now());
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const remove = useAction('DELETE /api/shops/:shop/branding/logo', {
    touches: ['GET /api/shops/:shop/branding'],
    says: () => t('look.logoRemoved'),
  });
  const send = async (file: File) => {
    setSending(true);
    setError(null);
    try {
      await uploadLogo(shop.slug, file);
      await queryClient.invalidateQueries({ queryKey: keyOf('GET /api/shops/:shop/branding') });
      setVersion(Date.now());
      toast({ title: t('look.logoSaved') });
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
    } finally {
      setSending(false);
    }
  };
  return (
    <Section level={3} title={t('look.logo')} hint={t(has ? 'look.logoHas' : 'look.logoNone')}>
      {has && (
        <div className="flex flex-wrap items-center gap-4">
          {/* On white, as in most letters; a logo drawn for dark grounds alone shows here that it cannot be read. */}
          <span className="inline-flex rounded-lg border border-line bg-[#ffffff] px-5 py-4">
            <img src={logoAddress(shop.slug, version)} alt={t('look.logoAlt')} className="max-h-12 max-w-48" />
          </span>
          {may && (
            <Button
              look="quiet"
              icon="trash"
              pending={remove.isPending}
              onClick={() => remove.mutate({ params: { shop: shop.slug } })}
            >
              {t('look.logoRemove')}
            </Button>
          )}
        </div>
      )}
      {error !== null && (
        <div role="alert">
          <Note meaning="block">{error}</Note>
        </div>
      )}
      {may && (
        <DropZone
          label={sending ? <Spinner className="mx-auto" /> : t('look.logoDrop')}
          hint={t('look.logoHint')}
          accept="image/png,image/jpeg,image/webp"
          disabled={sending}
          onFile={(file) => void send(file)}
        />
      )}
    </Section>
  );
}
