// The list of letters taken back (IETF Token Status List), two bits for each: 0 in force, 3 replaced, else revoked.
import { claimsOf } from './sign1.js';

const IAT = 6, EXP = 4, STATUS_LIST = 65533, MEDIA_TYPE = 'application/statuslist+cwt';

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// {madeAt, endsAt, of(index)}; of() answers in-force, revoked, replaced, or newer. null when it cannot be read.
export async function statusListOf(bytes, keys) {
  try {
    const claims = await claimsOf(bytes, keys, MEDIA_TYPE);
    const list = claims.get(STATUS_LIST);
    if (list.get('bits') !== 2) return null;
    const data = await unpacked(list.get('lst'));
    return {
      madeAt: claims.get(IAT) * 1000,
      endsAt: claims.get(EXP) * 1000,
      of(index) {
        const place = Math.floor(index / 4);
        if (place >= data.length) return 'newer';
        const value = data[place] >> index % 4 * 2 & 3;
        return value === 0 ? 'in-force' : value === 3 ? 'replaced' : 'revoked';
      },
    };
  } catch {
    return null;
  }
}
