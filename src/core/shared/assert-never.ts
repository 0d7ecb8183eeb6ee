/** Ends an exhaustive switch: a new member of the union makes this line a type error instead of a silent fall-through. */
export function assertNever(value: never): never {
  throw new Error(`A case is missing: ${JSON.stringify(value)}`);
}
