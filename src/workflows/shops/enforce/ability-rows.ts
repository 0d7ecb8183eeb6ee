import { sayAbility } from '../../../core/enforcement/say.ts';
import { type AbilityName, enforcementPoints, type Honours, shopActKinds } from '../../../core/enforcement/types.ts';
import { obligation } from '../../../core/events/measures.ts';
import { type Language, say } from '../../../core/shared/words.ts';
import type { ShopPlatform } from '../../../ports/platforms.ts';

/** What a platform can and cannot do, one line each, in the reader's language: shown before a merchant relies on it. */
export interface AbilityRow {
  readonly name: AbilityName;
  readonly group: 'points' | 'obligations' | 'acts';
  readonly title: string;
  readonly how: Honours;
  readonly note: string | null;
}

const groups = {
  points: enforcementPoints,
  obligations: obligation.options,
  acts: shopActKinds,
} as const satisfies Record<AbilityRow['group'], readonly AbilityName[]>;

export function abilityRows(
  language: Language,
  { name: platform, abilities }: Pick<ShopPlatform, 'name' | 'abilities'>,
): AbilityRow[] {
  return (Object.keys(groups) as AbilityRow['group'][]).flatMap((group) =>
    groups[group].map((name: AbilityName) => {
      const { how, note } = abilities[name];
      return {
        name,
        group,
        title: sayAbility(language, name),
        how,
        note: note === null ? null : say(language, `${platform}.notes.${note}`),
      };
    }),
  );
}
