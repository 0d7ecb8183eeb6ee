/**
 * A file that cannot be imported as it is: the message says where, why and what to do. Faults of the file as a whole are all
 * found before the first event is written.
 */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}
