/** What is known of networks beyond the shop's own lists. */
export interface Networks {
  /**
   * Whether an address belongs to a hosting provider, where programs live rather than people. Null: not known, because the text is no address, or
   * the data is not there or not loaded yet; asking starts loading it, beside the work.
   */
  hosting(ip: string): boolean | null;
}
