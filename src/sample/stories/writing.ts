import { leisureMoment } from '../calendar.ts';
import type { Label } from '../life.ts';
import { say, type Topic } from '../texts/say.ts';
import { calmOrder, type Scene } from './scene.ts';

type Channel = 'email' | 'chat' | 'phone' | 'social';

/** An order, and a message about it that staff labelled. */
function writes(scene: Scene, topic: Topic, labels: readonly Label[], channel?: Channel): void {
  const { life } = scene;
  const order = calmOrder(scene);
  life.write(leisureMoment(life.random, order.at, 0.3, 6), {
    text: say(life.random, topic, life.person.language),
    order,
    labels,
    ...(channel === undefined ? {} : { channel }),
  });
}

export const demandsTheImpossible = (scene: Scene): void => writes(scene, 'impossible-demand', ['impossible_demand']);

export function threatensWithPublicityOrLaw(scene: Scene): void {
  if (scene.life.random.chance(0.5)) writes(scene, 'publicity-threat', ['threat_of_publicity'], 'social');
  else writes(scene, 'legal-threat', ['threat_of_legal_action'], 'email');
}

export function insults(scene: Scene): void {
  if (scene.life.random.chance(0.7)) writes(scene, 'insult', ['insult'], 'chat');
  else writes(scene, 'harassment', ['harassment'], 'chat');
}

export function threatensViolence(scene: Scene): void {
  writes(scene, 'violence-threat', ['threat_of_violence'], 'email');
  scene.life.note(
    leisureMoment(scene.life.random, scene.at, 6, 7),
    'Warehouse shift leader informed, nobody leaves alone this week. Report made to the police, number in the safe.',
    true,
  );
}

export const extorts = (scene: Scene): void =>
  writes(scene, 'extortion', ['extortion', 'threat_of_publicity'], 'email');
