// CBOR as letters need it (RFC 8949): no floats, nothing of indefinite length. Maps become Map, tags {tag, value}.

export class CborRefused extends Error {}

const MOST_DEPTH = 8;
const SIMPLE = new Map([[20, false], [21, true], [22, null]]);

export function decodeCbor(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function take(count) {
    if (at + count > bytes.length) throw new CborRefused('too short');
    at += count;
    return at - count;
  }

  function argumentOf(small) {
    if (small < 24) return small;
    if (small === 24) return view.getUint8(take(1));
    if (small === 25) return view.getUint16(take(2));
    if (small === 26) return view.getUint32(take(4));
    if (small === 27) {
      const large = view.getBigUint64(take(8));
      if (large > BigInt(Number.MAX_SAFE_INTEGER)) throw new CborRefused('too large');
      return Number(large);
    }
    throw new CborRefused('indefinite length');
  }

  function mapOf(count, depth) {
    const found = new Map();
    for (let each = 0; each < count; each++) {
      const key = value(depth);
      if (found.has(key)) throw new CborRefused('twice the same key');
      found.set(key, value(depth));
    }
    return found;
  }

  function listOf(count, depth) {
    const found = [];
    for (let each = 0; each < count; each++) found.push(value(depth));
    return found;
  }

  function value(depth) {
    if (!depth) throw new CborRefused('too deep');
    const first = view.getUint8(take(1));
    const major = first >> 5, argument = argumentOf(first & 31);
    if (major === 0) return argument;
    if (major === 1) return -1 - argument;
    if (major === 2 || major === 3) {
      const start = take(argument), part = bytes.slice(start, start + argument);
      return major === 2 ? part : new TextDecoder('utf-8', { fatal: true }).decode(part);
    }
    if (major === 4) return listOf(argument, depth - 1);
    if (major === 5) return mapOf(argument, depth - 1);
    if (major === 6) return { tag: argument, value: value(depth - 1) };
    if (!SIMPLE.has(argument)) throw new CborRefused('unknown simple value');
    return SIMPLE.get(argument);
  }

  const found = value(MOST_DEPTH);
  if (at !== bytes.length) throw new CborRefused('something behind');
  return found;
}

// Head and bytes of a byte string (major type 2) or a text (3); letters stay far below 64 kB.
export function encodeString(major, bytes) {
  const length = bytes.length;
  const head = length < 24 ? [major << 5 | length]
    : length < 256 ? [major << 5 | 24, length]
      : length < 65536 ? [major << 5 | 25, length >> 8, length & 255]
        : [major << 5 | 26, length >>> 24, length >> 16 & 255, length >> 8 & 255, length & 255];
  return Uint8Array.from([...head, ...bytes]);
}
