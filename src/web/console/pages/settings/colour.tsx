import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OWN_ACCENT, readColour, themeOf } from '../../../../contracts/theme.ts';
import { Button, Field, Icon, Input, Note } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { otherError } from '../../api.ts';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** The shop's colour, as it would be used on light and on dark before it is saved. */
export function Colour({ accent, may }: { accent: string | null; may: boolean }) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const [text, setText] = useState(accent ?? '');
  const chosen = readColour(text.trim());
  const wrong = text.trim() !== '' && chosen === null;
  const save = useAction('PUT /api/shops/:shop/branding', {
    touches: ['GET /api/shops/:shop/branding'],
    says: () => t('look.saved'),
    quietErrors: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) save.mutate({ params: { shop: shop.slug }, body: { accentColour: chosen } });
  };
  const error = otherError(save.error);
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {error && (
        <div role="alert">
          <Note meaning="block">{error.message}</Note>
        </div>
      )}
      <fieldset disabled={!may} className="flex flex-wrap items-end gap-2">
        <Field
          label={t('look.colour')}
          hint={t('look.colourHint', { example: isolate('#2f6f4f') })}
          error={wrong ? t('look.colourWrong') : undefined}
          className="w-72 max-w-full"
        >
          <Input
            dir="ltr"
            spellCheck={false}
            maxLength={7}
            placeholder={OWN_ACCENT}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <input
          type="color"
          aria-label={t('look.colourPick')}
          value={chosen ?? OWN_ACCENT}
          onChange={(event) => setText(event.target.value)}
          className="control-square rounded-md border border-edge bg-surface p-1"
        />
        {text !== '' && (
          <Button look="quiet" onClick={() => setText('')}>
            {t('look.colourReset')}
          </Button>
        )}
      </fieldset>
      <Preview chosen={wrong ? null : chosen} />
      {may && (
        <div>
          <Button type="submit" look="primary" pending={save.isPending} disabled={wrong}>
            {t('look.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** The grounds are the portal's own, not this console's: both are shown whatever the reader's appearance is. */
const GROUNDS = { light: '#ffffff', dark: '#1c1f23' } as const;
const INK = { light: '#1c1f23', dark: '#e6e8eb' } as const;

function Preview({ chosen }: { chosen: ReturnType<typeof readColour> }) {
  const { t } = useTranslation('settings');
  const theme = themeOf(chosen);
  const sides = [
    { scheme: 'light' as const, used: theme.light, ink: theme.onLight, label: t('look.previewLight') },
    { scheme: 'dark' as const, used: theme.dark, ink: theme.onDark, label: t('look.previewDark') },
  ];
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      {sides.map(({ scheme, used, ink, label }) => (
        <figure key={scheme} className="flex flex-col gap-1.5">
          <div
            style={{ backgroundColor: GROUNDS[scheme], color: INK[scheme] }}
            className="flex min-h-24 items-center justify-center gap-4 rounded-lg border border-line px-4 py-4 text-lg"
          >
            <span style={{ backgroundColor: used, color: ink }} className="rounded-md px-4 py-2 font-medium">
              {t('look.button')}
            </span>
            <span style={{ color: used }} className="underline underline-offset-2">
              {t('look.link')}
            </span>
          </div>
          <figcaption className="text-sm text-muted">
            <span className="font-medium text-ink">{label}</span>{' '}
            {chosen !== null && (
              <span className="inline-flex items-center gap-1">
                {used !== chosen && <Icon name="info" className="size-3.5" />}
                {used === chosen ? t('look.asChosen') : t('look.instead', { colour: isolate(used) })}
              </span>
            )}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
