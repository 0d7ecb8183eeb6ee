import { validate } from './validate';
import { readInput, writeOutput } from './wasi';

/** `cart.validations.generate.run`: input on standard input, output on standard output. */
export function run(): void {
  writeOutput(validate(readInput()));
}

/** The same for runners that start a program. */
export function _start(): void {
  run();
}
