declare module 'longest-prefix-match' {
  export default class LongestPrefixMatch {
    addPrefix(prefix: string, payload: number): void;
    getMatch(prefix: string): number[];
  }
}
