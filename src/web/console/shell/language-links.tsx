import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/index.ts';
import { chooseLanguage, LANGUAGES } from '../i18n.ts';

/** Every language by its own name, for who is not signed in and has no menu yet. */
export function LanguageLinks() {
  const { t, i18n } = useTranslation();
  return (
    <nav aria-label={t('language.label')} className="mt-4 flex flex-wrap justify-center gap-x-4 gap-y-1 text-sm">
      {LANGUAGES.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === i18n.language}
          onClick={() => void chooseLanguage(code)}
          className={cx(
            'px-1 py-1 max-md:min-h-11',
            code === i18n.language ? 'font-medium text-ink' : 'text-muted hover:text-ink',
          )}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
