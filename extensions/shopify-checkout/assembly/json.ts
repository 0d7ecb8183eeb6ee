/** A JSON value: text, object or something else (numbers, lists and the like are passed over: nothing here needs them). */
export class Value {
  text: string | null = null;
  keys: string[] = [];
  values: Value[] = [];

  /** A field of an object; null where there is none, or the value is no object. */
  get(key: string): Value | null {
    const at = this.keys.indexOf(key);
    return at < 0 ? null : this.values[at];
  }
}

/** A field some levels down; null where the way ends before. */
export function at(value: Value | null, path: string[]): Value | null {
  let found = value;
  for (let index = 0; index < path.length; index++) {
    if (found === null) return null;
    found = found.get(path[index]);
  }
  return found;
}

/** The text some levels down; null where there is none. */
export function textAt(value: Value | null, path: string[]): string | null {
  const found = at(value, path);
  return found === null ? null : found.text;
}

/** Reads JSON. Null for what is none: the caller then does nothing. */
export function parseJson(source: string): Value | null {
  const reader = new Reader(source);
  const value = reader.value(0);
  reader.space();
  return reader.broken || !reader.atEnd() ? null : value;
}

const DEEPEST = 64;

class Reader {
  broken: bool = false;
  private place: i32 = 0;

  constructor(private source: string) {}

  atEnd(): bool {
    return this.place >= this.source.length;
  }

  space(): void {
    while (!this.atEnd()) {
      const code = this.source.charCodeAt(this.place);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.place++;
    }
  }

  value(depth: i32): Value {
    const value = new Value();
    this.space();
    if (this.atEnd() || depth > DEEPEST) {
      this.broken = true;
      return value;
    }
    const first = this.source.charCodeAt(this.place);
    if (first === 0x22) value.text = this.text();
    else if (first === 0x7b) this.object(value, depth);
    else if (first === 0x5b) this.list(depth);
    else this.word();
    return value;
  }

  private object(value: Value, depth: i32): void {
    this.place++;
    this.space();
    if (this.taken(0x7d)) return;
    while (!this.broken) {
      this.space();
      const key = this.text();
      this.space();
      if (!this.taken(0x3a)) this.broken = true;
      if (this.broken) return;
      value.keys.push(key);
      value.values.push(this.value(depth + 1));
      this.space();
      if (this.taken(0x7d)) return;
      if (!this.taken(0x2c)) this.broken = true;
    }
  }

  private list(depth: i32): void {
    this.place++;
    this.space();
    if (this.taken(0x5d)) return;
    while (!this.broken) {
      this.value(depth + 1);
      this.space();
      if (this.taken(0x5d)) return;
      if (!this.taken(0x2c)) this.broken = true;
    }
  }

  /** A number, true, false or null. */
  private word(): void {
    const begin = this.place;
    while (!this.atEnd()) {
      const code = this.source.charCodeAt(this.place);
      const belongs =
        (code >= 0x30 && code <= 0x39) ||
        (code >= 0x61 && code <= 0x7a) ||
        code === 0x2b ||
        code === 0x2d ||
        code === 0x2e ||
        code === 0x45;
      if (!belongs) break;
      this.place++;
    }
    if (this.place === begin) this.broken = true;
  }

  private text(): string {
    if (!this.taken(0x22)) {
      this.broken = true;
      return '';
    }
    let begin = this.place;
    let text = '';
    while (!this.atEnd()) {
      const code = this.source.charCodeAt(this.place);
      if (code === 0x22) {
        text += this.source.substring(begin, this.place);
        this.place++;
        return text;
      }
      if (code !== 0x5c) {
        this.place++;
        continue;
      }
      text += this.source.substring(begin, this.place);
      this.place++;
      text += this.escaped();
      begin = this.place;
    }
    this.broken = true;
    return text;
  }

  private escaped(): string {
    if (this.atEnd()) {
      this.broken = true;
      return '';
    }
    const code = this.source.charCodeAt(this.place++);
    switch (code) {
      case 0x22:
        return '"';
      case 0x5c:
        return '\\';
      case 0x2f:
        return '/';
      case 0x62:
        return '\b';
      case 0x66:
        return '\f';
      case 0x6e:
        return '\n';
      case 0x72:
        return '\r';
      case 0x74:
        return '\t';
      case 0x75: {
        const digits = this.source.substring(this.place, this.place + 4);
        this.place += 4;
        const unit = parseInt(digits, 16);
        if (digits.length !== 4 || isNaN(unit)) this.broken = true;
        return String.fromCharCode(<i32>unit);
      }
      default:
        this.broken = true;
        return '';
    }
  }

  private taken(code: i32): bool {
    if (this.atEnd() || this.source.charCodeAt(this.place) !== code) return false;
    this.place++;
    return true;
  }
}

/** A text as JSON. */
export function quoted(text: string): string {
  let json = '"';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) json += '\\"';
    else if (code === 0x5c) json += '\\\\';
    else if (code < 0x20) json += '\\u' + code.toString(16).padStart(4, '0');
    else json += text.charAt(index);
  }
  return json + '"';
}
