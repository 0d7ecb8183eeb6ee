type Written<S extends string> = S extends `${infer A}:${infer B}` ? `${A}_${B}` : S;

/** A scope as the words file names it: a colon would be read as the end of a namespace. */
export function scopeKey<S extends string>(scope: S): Written<S> {
  return scope.replace(':', '_') as Written<S>;
}
