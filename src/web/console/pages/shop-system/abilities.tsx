import { useTranslation } from 'react-i18next';
import { Card, cx } from '../../../ui/index.ts';
import { Honour, howWords } from './honour.tsx';
import type { AbilityRow, PlatformName } from './types.ts';

const GROUPS = ['points', 'obligations', 'acts'] as const;
const HOWS: readonly AbilityRow['how'][] = ['itself', 'extension', 'afterwards', 'by_hand', 'no'];

interface AbilitiesProps {
  platform: PlatformName;
  abilities: readonly AbilityRow[];
  level?: 2 | 3;
}

/** Everything a shop owner may want of a platform, and how far it goes. */
export function Abilities({ platform, abilities, level = 3 }: AbilitiesProps) {
  return (
    <div className="flex flex-col gap-4">
      <Legend platform={platform} abilities={abilities} />
      {GROUPS.map((group) => (
        <Group
          key={group}
          platform={platform}
          group={group}
          rows={abilities.filter((each) => each.group === group)}
          level={level}
        />
      ))}
    </div>
  );
}

/** What the words mean, of those that occur. */
function Legend({ platform, abilities }: Pick<AbilitiesProps, 'platform' | 'abilities'>) {
  const { t } = useTranslation('connections');
  return (
    <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
      {HOWS.filter((how) => abilities.some((each) => each.how === how)).map((how) => (
        <div key={how} className="sm:contents">
          <dt>
            <Honour how={how} platform={platform} />
          </dt>
          <dd className="text-muted max-sm:ps-4.5">{t(`howHint.${howWords(how, platform)}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface GroupProps {
  platform: PlatformName;
  group: (typeof GROUPS)[number];
  rows: readonly AbilityRow[];
  level: 2 | 3;
}

function Group({ platform, group, rows, level }: GroupProps) {
  const { t } = useTranslation('connections');
  if (rows.length === 0) return null;
  const Heading = level === 2 ? 'h2' : 'h3';
  const title = t(`abilities.group.${group}`);
  return (
    <Card>
      <Heading className="border-b border-line px-4 py-2.5 text-sm font-semibold text-ink">{title}</Heading>
      <table aria-label={title} className="w-full text-base">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('abilities.what')}</th>
            <th scope="col">{t('abilities.how')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-b border-line align-top last:border-0">
              <th scope="row" className="px-4 py-2 text-start font-normal">
                <span className={cx(row.how === 'no' ? 'text-muted' : 'text-ink')}>{row.title}</span>
                {row.note !== null && <span className="block text-sm text-muted">{row.note}</span>}
              </th>
              <td className="w-px py-2 pe-4 whitespace-nowrap md:w-44">
                <Honour how={row.how} platform={platform} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
