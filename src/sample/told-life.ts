import type { Shopper } from './basket.ts';
import { leisureMoment, monthsAgo, shoppingMoment } from './calendar.ts';
import type { CastMember } from './cast.ts';
import { type Faults, strikeDelay } from './faults.ts';
import { Life } from './life.ts';
import type { Person } from './people/people.ts';
import type { Random } from './random.ts';
import { calmOrder } from './stories/scene.ts';
import { say } from './texts/say.ts';
import type { World } from './world.ts';

/** The life of a member of the cast: phase by phase, incidents strewn among orders that go well. */
export function toldLife(member: CastMember, person: Person, random: Random, world: World): Life {
  const { calendar, faults } = world;
  const life = new Life(person, random, calendar, world.home);
  const shopper: Shopper = { random, purse: life.purse, fashionShare: 0.8, faults, build: random.next() };
  let earlier = 0;
  for (const phase of member.phases) {
    const [from, to] = [monthsAgo(calendar, phase.from), monthsAgo(calendar, phase.to)];
    const moments = Array.from({ length: phase.orders }, () =>
      clearOfStrike(random, faults, () => shoppingMoment(random, from, to)),
    );
    moments.sort((a, b) => a - b);
    const incidents = new Set(random.shuffle([...moments.keys()]).slice(0, phase.incidents));
    for (const [index, at] of moments.entries()) {
      const scene = { life, shopper, at, earlier };
      if (!incidents.has(index)) calmOrder(scene);
      else {
        member.act(scene);
        earlier++;
      }
    }
  }
  if (member.apology !== undefined)
    life.write(leisureMoment(random, monthsAgo(calendar, member.apology), 0, 4), {
      text: say(random, 'apology', person.language),
      labels: ['polite'],
    });
  return life;
}

/** Orders hit by the strike are excused whole, so the cast shops around it: what is told of them should be theirs. */
function clearOfStrike(
  random: Random,
  faults: Faults,
  draw: () => ReturnType<typeof shoppingMoment>,
): ReturnType<typeof shoppingMoment> {
  let at = draw();
  for (let attempt = 0; attempt < 20 && strikeDelay(random, faults, at) > 0; attempt++) at = draw();
  return at;
}
