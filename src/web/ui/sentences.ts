/** Sentences one after another: a space between them, but none after a full stop of full width, which has one of its own. */
export function oneAfterAnother(sentences: readonly string[]): string {
  return sentences.join(' ').replace(/([。！？]) /g, '$1');
}
