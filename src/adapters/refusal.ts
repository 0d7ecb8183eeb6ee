/**
 * Something the surroundings make impossible and a person can put right: a bad setting, a folder in use, a server too old.
 * The message is one line that says what is wrong and what to do; whoever catches it prints the message and no stack.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
