import { compressBlock, SHA256_START } from './sha256.ts';

const BLOCK_BYTES = 64;
const BLOCK_WORDS = 16;
const HASH_WORDS = 8;
/** Longer messages (nobody's identifier is) are for whoever asks to hash otherwise. */
export const LONGEST_MESSAGE = 4_096;

/**
 * HMAC-SHA-256 (RFC 2104) under one key for short messages, many times over. What depends on the key alone is computed once; nothing
 * is allocated for a hash, where an object of Node's costs three times the hash itself.
 */
export class KeyedHash {
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;
  readonly #state = new Int32Array(HASH_WORDS);
  readonly #message = new Int32Array((LONGEST_MESSAGE + BLOCK_BYTES) / 4);
  /** The outer message: the inner hash, the end mark, and the length of both blocks in bits. */
  readonly #last = new Int32Array(BLOCK_WORDS);
  readonly #utf8 = new TextEncoder();
  readonly #bytes = new Uint8Array(LONGEST_MESSAGE);

  /** Throws when the key is longer than a block, because such keys are hashed first. */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK_BYTES) throw new Error(`A key of ${key.length} bytes is longer than a block`);
    this.#inner = padded(key, 0x36);
    this.#outer = padded(key, 0x5c);
    this.#last[HASH_WORDS] = END_MARK;
    this.#last[BLOCK_WORDS - 1] = (BLOCK_BYTES + 4 * HASH_WORDS) * 8;
  }

  /** What all messages of a kind begin with, read once. Throws when it is more than ASCII, or long. */
  beginning(text: string): Beginning {
    if (text.length > BLOCK_BYTES || !this.#writeAscii(NOTHING, text))
      throw new Error('A message begins with few characters, and of ASCII');
    return { text, words: this.#message.slice(0, BLOCK_WORDS + 1) };
  }

  /**
   * Writes the hash of the text's UTF-8 bytes as eight big-endian words into `into` from `at`. Throws when it is longer than
   * LONGEST_MESSAGE bytes.
   */
  put(text: string, into: Int32Array, at: number, after: Beginning = NOTHING): void {
    const length = this.#writeAscii(after, text) ? after.text.length + text.length : this.#writeUtf8(after.text + text);
    const words = this.#pad(length);
    const state = this.#state;
    const last = this.#last;
    for (let word = 0; word < HASH_WORDS; word += 1) state[word] = this.#inner[word] ?? 0;
    for (let block = 0; block < words; block += BLOCK_WORDS) compressBlock(state, this.#message, block);
    for (let word = 0; word < HASH_WORDS; word += 1) {
      last[word] = state[word] ?? 0;
      state[word] = this.#outer[word] ?? 0;
    }
    compressBlock(state, last, 0);
    for (let word = 0; word < HASH_WORDS; word += 1) into[at + word] = state[word] ?? 0;
  }

  /** False where a character is more than a byte, or there are too many. */
  #writeAscii({ text: { length: begun }, words }: Beginning, text: string): boolean {
    if (begun + text.length > LONGEST_MESSAGE) return false;
    const message = this.#message;
    let place = begun >> 2;
    for (let index = 0; index < place; index += 1) message[index] = words[index] ?? 0;
    let word = words[place] ?? 0;
    let seen = 0;
    for (let index = 0, byte = begun; index < text.length; index += 1, byte += 1) {
      const code = text.charCodeAt(index);
      seen |= code;
      word = (word << 8) | code;
      if ((byte & 3) === 3) message[place++] = word;
    }
    message[place] = word;
    return seen <= 0x7f;
  }

  /** How many bytes it wrote. */
  #writeUtf8(text: string): number {
    const bytes = this.#bytes;
    const { read, written } = this.#utf8.encodeInto(text, bytes);
    if (read < text.length) throw new Error(`A message of more than ${LONGEST_MESSAGE} bytes is not hashed here`);
    let word = 0;
    for (let index = 0; index < written; index += 1) {
      word = (word << 8) | (bytes[index] ?? 0);
      if ((index & 3) === 3) this.#message[index >> 2] = word;
    }
    this.#message[written >> 2] = word;
    return written;
  }

  /** Ends the message of so many bytes as FIPS 180-4, 5.1.1 says, and gives its words. */
  #pad(length: number): number {
    const message = this.#message;
    const words = (((length + 8) >> 6) + 1) * BLOCK_WORDS;
    const tail = length & 3;
    const place = length >> 2;
    message[place] = tail === 0 ? END_MARK : (((message[place] ?? 0) << 8) | 0x80) << (24 - 8 * tail);
    // A loop, because `fill` leaves the compiled code for these few words.
    for (let word = place + 1; word < words - 1; word += 1) message[word] = 0;
    message[words - 1] = (BLOCK_BYTES + length) * 8;
    return words;
  }
}

/** What a message begins with; the last of the words is of the bytes that do not fill one. */
export interface Beginning {
  readonly text: string;
  readonly words: Int32Array;
}

const NOTHING: Beginning = { text: '', words: new Int32Array(1) };

/** The one bit that follows a message. */
const END_MARK = 0x8000_0000 | 0;

/** The state after the block that is the key with every byte turned by `mask`. */
function padded(key: Uint8Array, mask: number): Int32Array {
  const block = new Int32Array(BLOCK_WORDS);
  for (let index = 0; index < BLOCK_BYTES; index += 1)
    block[index >> 2] = ((block[index >> 2] ?? 0) << 8) | ((key[index] ?? 0) ^ mask);
  const state = Int32Array.from(SHA256_START);
  compressBlock(state, block, 0);
  return state;
}
