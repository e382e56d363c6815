// Base 32 (RFC 4648 §6), as the fragment of a letter's address carries it.
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// The bytes of a scanned address, its fragment, or a pasted part; null when it is no base 32.
export function bytesOfText(text) {
  const bare = text.replace(/\s+/g, '').replace(/^.*#/, '').replace(/=+$/, '').toUpperCase();
  if (!bare || bare.length > 4000 || [1, 3, 6].includes(bare.length % 8)) return null;
  const bytes = new Uint8Array(Math.floor(bare.length * 5 / 8));
  let bits = 0, held = 0, at = 0;
  for (const letter of bare) {
    const value = BASE32.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5 | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits & 0xff;
    }
  }
  return bytes;
}

export function bytesOfBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
