import { describe, expect, it } from 'vitest';
import { languages } from '../../../test/support/languages.ts';
import { factsOfStep, fairPlay, setting } from '../../../test/support/notices.ts';
import { proseOf, READER_AGE, readability } from './readability.ts';
import { measureStarted } from './started.ts';

const repeated = (sentence: string, times = 8): string => Array.from({ length: times }, () => sentence).join(' ');

describe('readability', () => {
  it('gives the Flesch–Kincaid grade of English', () => {
    // Six words of one syllable: 0.39 × 6 + 11.8 × 1 − 15.59.
    expect(readability(repeated('The cat sat on the mat.'), 'en')).toEqual({
      formula: 'Flesch–Kincaid',
      score: -1.4,
      age: 6,
      easy: true,
    });
    // Thirteen words of 24 syllables, a sentence often quoted for the formula: 0.39 × 13 + 11.8 × 24 / 13 − 15.59.
    const platypus = 'The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.';
    expect(readability(repeated(platypus), 'en')?.score).toBeCloseTo(11.3, 0);
    const law =
      'Notwithstanding any contractual stipulation to the contrary, jurisdictional determinations concerning the applicability of administrative regulations necessitate comprehensive interdisciplinary consideration.';
    expect(readability(repeated(law, 3), 'en')).toMatchObject({ easy: false });
  });

  it('gives the reading ease of Dutch after Douma', () => {
    // Six words of one syllable: 206.84 − 0.93 × 6 − 77 × 1.
    expect(readability(repeated('De kat zit op de mat.'), 'nl')).toEqual({
      formula: 'Flesch–Douma',
      score: 124.3,
      age: 10,
      easy: true,
    });
    // Four words of 2, 3, 4 and 5 syllables: koei-en, ru-i-ne, be-ein-di-gen, ge-in-te-res-seerd.
    const words = repeated('Koeien ruïne beëindigen geïnteresseerd.');
    expect(readability(words, 'nl')?.score).toBeCloseTo(206.84 - 0.93 * 4 - 77 * (14 / 4), 1);
  });

  it('gives the years of schooling that Polish takes, after Pisarek', () => {
    // Five words, none of four syllables: half the root of 5².
    expect(readability(repeated('Piesek leży na miękkim dywanie.'), 'pl')).toMatchObject({
      formula: 'Pisarek',
      score: 2.5,
    });
    // Four words, one of them (zro-zu-mia-łość) of four syllables: half the root of 4² + 25².
    expect(readability(repeated('Zrozumiałość to ważna sprawa.'), 'pl')?.score).toBeCloseTo(Math.sqrt(16 + 625) / 2, 1);
  });

  it('says nothing of languages without a formula, nor of a few words', () => {
    expect(readability(repeated('עברית היא שפה.', 30), 'he')).toBeNull();
    expect(readability(repeated('这是一个句子。', 30), 'zh')).toBeNull();
    expect(readability('The cat sat on the mat.', 'en')).toBeNull();
  });

  it('takes a new line for the end of a sentence, and addresses for no words', () => {
    const lines = Array.from({ length: 10 }, () => 'see the cat and the dog').join('\n');
    expect(readability(lines, 'en')?.score).toBe(readability(repeated('See the cat and the dog.', 10), 'en')?.score);
    expect(readability(`${lines}\nincomprehensibility@administrative.example`, 'en')?.score).toBe(
      readability(lines, 'en')?.score,
    );
  });
});

describe('notices of the policy that shops start with', () => {
  const steps = fairPlay.policy.ladders.flatMap((ladder) =>
    ladder.steps.flatMap((_, index) => {
      const facts = factsOfStep(fairPlay, ladder.id, index + 1);
      return facts === null ? [] : [[`${ladder.id}, step ${index + 1}`, facts] as const];
    }),
  );

  it.each(steps)('are read easily by somebody of fourteen: %s', (_, facts) => {
    for (const code of ['en', 'nl', 'pl']) {
      const notice = measureStarted(setting({ language: languages.of(code) }), facts);
      const read = readability(proseOf(notice), code);
      expect(read?.age, code).toBeLessThanOrEqual(READER_AGE);
    }
  });
});
