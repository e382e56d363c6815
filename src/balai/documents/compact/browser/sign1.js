// COSE_Sign1 with ES256 (RFC 9052), checked by the browser's own WebCrypto against the keys of this page.
import { decodeCbor, encodeString } from './cbor.js';

// `code` is one of: not-ours, unknown-key, altered, no-crypto.
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const ALG = 1, KID = 4, TYP = 16, ES256 = -7, SIGN1 = 18;

function partsOf(bytes) {
  let token, header;
  try {
    token = decodeCbor(bytes);
    header = decodeCbor(token.value[0]);
  } catch {
    throw new Refused('not-ours');
  }
  const [protectedBytes, unprotected, payload, signature] = token.value;
  const fits = token.tag === SIGN1 && token.value.length === 4 && unprotected instanceof Map && !unprotected.size
    && payload instanceof Uint8Array && signature instanceof Uint8Array && signature.length === 64
    && header instanceof Map && header.get(ALG) === ES256 && header.get(KID) instanceof Uint8Array;
  if (!fits) throw new Refused('not-ours');
  return { header, protectedBytes, payload, signature };
}

function toBeSigned(protectedBytes, payload) {
  const context = encodeString(3, new TextEncoder().encode('Signature1'));
  const parts = [[0x84], context, encodeString(2, protectedBytes), [0x40], encodeString(2, payload)];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// The claims of a token whose signature holds; `mediaType` is the `typ` it must carry. Throws Refused.
export async function claimsOf(bytes, keys, mediaType = '') {
  const { header, protectedBytes, payload, signature } = partsOf(bytes);
  if ((header.get(TYP) ?? '') !== mediaType) throw new Refused('not-ours');
  if (!globalThis.crypto?.subtle) throw new Refused('no-crypto');
  const kid = new TextDecoder().decode(header.get(KID));
  const jwk = keys.find((each) => each.kid === kid);
  if (!jwk) throw new Refused('unknown-key');
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const { kty, crv, x, y } = jwk;
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify']);
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const holds = await crypto.subtle.verify(algorithm, key, signature, toBeSigned(protectedBytes, payload));
  if (!holds) throw new Refused('altered');
  const claims = decodeCbor(payload);
  if (!(claims instanceof Map)) throw new Refused('not-ours');
  return claims;
}
