/** An address in one form, so that another way of writing the same is no change: what people type, without case, accents and punctuation. */
export const addressForm = (parts: readonly (string | null)[]): string =>
  parts
    .map((part) =>
      (part ?? '')
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    )
    .join('|');
