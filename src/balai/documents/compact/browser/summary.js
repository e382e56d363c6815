// The facts of a letter from the claims of its summary; numbers of claims as in docs/letter-codes.md.
import { Refused } from './sign1.js';

const ISS = 1, IAT = 6, CTI = 7, LETTER = -65537, DAY_TAG = 100, DAY = 86400000;

function dayOf(value) {
  if (value === undefined) return '';
  if (value?.tag !== DAY_TAG || !Number.isInteger(value.value)) throw new Refused('not-ours');
  return new Date(value.value * DAY).toISOString().slice(0, 10);
}

export function summaryOf(claims) {
  const facts = claims.get(LETTER);
  if (!(facts instanceof Map)) throw new Refused('not-ours');
  const [title, number, dated, valid, holder, signer, signerTitle, signature, index] =
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((name) => facts.get(name));
  const code = claims.get(CTI);
  const whole = [title, number, signer, signerTitle, claims.get(ISS)].every((each) => typeof each === 'string')
    && [0, 1].includes(signature) && Number.isInteger(index) && code instanceof Uint8Array;
  if (!whole) throw new Refused('not-ours');
  return {
    title, number, holder: holder ?? '', signer, signerTitle, index,
    datedOn: dayOf(dated), validUntilOn: dayOf(valid),
    isCertified: signature === 1,
    code: new TextDecoder().decode(code).match(/.{1,4}/g).join('-'),
    government: claims.get(ISS),
    issuedAt: claims.get(IAT) * 1000,
  };
}
