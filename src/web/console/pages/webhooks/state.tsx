import { useTranslation } from 'react-i18next';
import { Badge, type Meaning, Note, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import type { Endpoint } from './types.ts';

type State = 'active' | 'failing' | 'disabled';

const MEANINGS: Record<State, Meaning> = { active: 'good', failing: 'watch', disabled: 'neutral' };

const stateOf = ({ state, failingSince }: Endpoint): State =>
  state === 'active' && failingSince !== null ? 'failing' : state;

/** Whether a system is told, in a word. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const state = stateOf(endpoint);
  const trouble = state === 'disabled' && endpoint.disabledBecause !== 'staff';
  return <Badge meaning={trouble ? 'restrict' : MEANINGS[state]}>{t(`state.${state}`)}</Badge>;
}

/** Why it is not told, or soon will not be; nothing when all is well. */
export function EndpointTrouble({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const ago = useAgo();
  const state = stateOf(endpoint);
  if (state === 'failing' && endpoint.failingSince !== null)
    return <Note meaning="watch">{t('failingSince', { when: isolate(ago(endpoint.failingSince)) })}</Note>;
  if (state !== 'disabled' || endpoint.disabledBecause === null) return null;
  return (
    <Note meaning={endpoint.disabledBecause === 'staff' ? 'neutral' : 'watch'}>
      {t(`off.${endpoint.disabledBecause}`)}
    </Note>
  );
}
