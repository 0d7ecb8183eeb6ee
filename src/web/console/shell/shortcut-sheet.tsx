import { useTranslation } from 'react-i18next';
import { KeyHint, OverlayBody, Section, Sheet } from '../../ui/index.ts';
import { useActiveShortcuts } from '../shortcuts.ts';

/** Every key that works on the page one is on. */
export default function ShortcutSheet({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  const shortcuts = useActiveShortcuts();
  const groups = Map.groupBy(shortcuts, (each) => each.group);
  return (
    <Sheet open onOpenChange={onOpenChange} title={t('shortcuts.title')} description={t('shortcuts.hint')}>
      <OverlayBody className="gap-6">
        {[...groups].map(([group, each]) => (
          <Section key={group} title={group} level={3}>
            <dl className="flex flex-col">
              {each.map(({ keys, label }) => (
                <div
                  key={keys}
                  className="flex min-h-8 items-center justify-between gap-4 border-b border-line last:border-0"
                >
                  <dt className="text-base text-ink">{label}</dt>
                  <dd>
                    <KeyHint keys={keys} className="max-md:inline-flex!" />
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
        ))}
      </OverlayBody>
    </Sheet>
  );
}
