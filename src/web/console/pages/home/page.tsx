import { useTranslation } from 'react-i18next';
import { Page, PageHeader } from '../../../ui/index.ts';

export default function HomePage() {
  const { t } = useTranslation();
  return (
    <Page>
      <PageHeader title={t('nav.home')} />
    </Page>
  );
}
