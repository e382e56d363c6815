// From a text to one sentence: what holds, what does not, and what could not be checked here.
import { bytesOfBase64, bytesOfText } from './base32.js';
import { Refused, claimsOf } from './sign1.js';
import { statusListOf } from './status.js';
import { summaryOf } from './summary.js';

export function localDay(moment, zone) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .format(moment);
}

function outcomeOf(summary, status, today) {
  if (status === 'revoked' || status === 'replaced') return { tone: 'late', outcome: status };
  if (summary.validUntilOn && summary.validUntilOn < today) return { tone: 'attention', outcome: 'expired' };
  return { tone: 'good', outcome: summary.isCertified ? 'certified' : 'wet' };
}

function notesOf(summary, list, status, now, isTrial) {
  const notes = [];
  if (isTrial) notes.push('trial');
  if (!list) notes.push('no-list');
  else if (status === 'newer') notes.push('newer-than-list');
  else if (now >= list.endsAt) notes.push('old-list');
  else notes.push('list');
  if (summary.issuedAt > now + 86400000) notes.push('clock');
  notes.push('paper', summary.isCertified ? 'file' : 'ink');
  return notes;
}

// {tone, outcome, notes, summary, madeAt}; summary is null when nothing in the text can be believed.
export async function judge(text, given, now) {
  const bytes = bytesOfText(text);
  let summary;
  try {
    if (!bytes) throw new Refused('not-ours');
    summary = summaryOf(await claimsOf(bytes, given.keys));
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return { tone: fault.code === 'altered' ? 'late' : 'attention', outcome: fault.code, notes: [], summary: null };
  }
  const list = await statusListOf(bytesOfBase64(given.status_list), given.keys);
  const status = list ? list.of(summary.index) : 'unknown';
  return {
    ...outcomeOf(summary, status, localDay(now, given.zone)),
    notes: notesOf(summary, list, status, now, given.is_trial),
    summary,
    madeAt: list?.madeAt,
  };
}
