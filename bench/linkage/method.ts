/** The method that both sides follow: where to look for candidates, what to compare, and from what weight on a pair is a link. */
export const RULES = ['email', 'phone', 'given+surname', 'given+postcode', 'surname+city'] as const;
export const COMPARED = ['given', 'surname', 'birth', 'email', 'phone', 'place'] as const;
/** Both sides compare the whole of every block: none is too large. */
export const LARGEST_BLOCK = 100_000;
export const PROBABLE = 0.95;

/** What the columns of the file are to `evenhand link`. */
export const ROLES = 'given=given_name,surname,email,phone,birth=birth_date,address=street,house_number,postcode,city';
