import { useTranslation } from 'react-i18next';
import { Doorstep } from './doorstep.tsx';

export default function WelcomePage() {
  const { t } = useTranslation('welcome');
  return (
    <Doorstep title={t('name')} answer={t('tagline')}>
      {null}
    </Doorstep>
  );
}
