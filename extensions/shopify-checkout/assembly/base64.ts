/** The bytes of base64url without padding; null for anything else. */
export function fromBase64(text: string): Uint8Array | null {
  const left = text.length % 4;
  if (left === 1) return null;
  const bytes = new Uint8Array((text.length / 4) * 3 + (left === 0 ? 0 : left - 1));
  let bits: u32 = 0;
  let held = 0;
  let place = 0;
  for (let index = 0; index < text.length; index++) {
    const value = sextet(text.charCodeAt(index));
    if (value < 0) return null;
    bits = (bits << 6) | <u32>value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[place++] = <u8>(bits >> held);
  }
  return bytes;
}

function sextet(code: i32): i32 {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
  if (code === 0x2d) return 62;
  return code === 0x5f ? 63 : -1;
}
