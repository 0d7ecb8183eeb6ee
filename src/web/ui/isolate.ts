/**
 * Wraps a name, number or amount so that it keeps its own direction inside a sentence of the other direction
 * (Unicode first strong isolate). For elements of their own use <bdi>.
 */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
