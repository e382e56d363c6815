// The page: takes a text from the address, the camera, a picture or the paste box, and shows what it proves.
import { Camera } from './camera.js';
import { textOfFile } from './picture.js';
import { judge } from './verdict.js';

const given = JSON.parse(document.getElementById('letter-keys').textContent);
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const camera = new Camera(part('video'));

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function dayInWords(day) {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return day ? new Intl.DateTimeFormat('id-ID', options).format(new Date(day)) : '';
}

function momentInWords(moment) {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: given.zone };
  return moment ? new Intl.DateTimeFormat('id-ID', options).format(new Date(moment)) : '';
}

function factsOf(summary) {
  return {
    title: summary.title, number: summary.number, dated: dayInWords(summary.datedOn), holder: summary.holder,
    valid: dayInWords(summary.validUntilOn), signer: `${summary.signer}, ${summary.signerTitle}`,
    kind: given.kinds[summary.isCertified ? 'certified' : 'wet'], government: summary.government,
    code: summary.code,
  };
}

function drawFacts(list, facts) {
  list.replaceChildren();
  for (const [name, label] of Object.entries(given.labels)) {
    if (!facts[name]) continue;
    const row = document.createElement('div'), term = document.createElement('dt');
    const value = document.createElement('dd');
    term.textContent = label;
    value.textContent = facts[name];
    row.append(term, value);
    list.append(row);
  }
}

function draw(verdict) {
  const facts = verdict.summary ? factsOf(verdict.summary) : {};
  const values = { ...facts, government: given.government, made: momentInWords(verdict.madeAt) };
  const notice = part(`notice-${verdict.tone}`).content.firstElementChild.cloneNode(true);
  notice.querySelector('span').textContent = filled(given.sentences[verdict.outcome], values);
  part('sentence').replaceChildren(notice);
  drawFacts(part('facts'), facts);
  part('facts').hidden = !verdict.summary;
  const items = verdict.notes.map((name) => {
    const item = document.createElement('li');
    item.textContent = filled(given.notes[name], values);
    return item;
  });
  part('notes').replaceChildren(...items);
  part('result').hidden = false;
  part('result').focus();
}

async function show(text) {
  draw(await judge(text, given, Date.now()));
}

function say(outcome) {
  draw({ tone: 'attention', outcome, notes: [], summary: null });
}

function stopCamera() {
  camera.stop();
  part('viewfinder').hidden = true;
  part('scan').hidden = false;
}

async function scan() {
  part('viewfinder').hidden = false;
  part('scan').hidden = true;
  try {
    await camera.start((text) => {
      stopCamera();
      show(text);
    });
  } catch {
    stopCamera();
    say('no-camera');
  }
}

async function readPicture(input) {
  const [file] = input.files;
  if (!file) return;
  const text = await textOfFile(file).catch(() => '');
  input.value = '';
  if (text) await show(text);
  else say('no-code');
}

function showAddress() {
  if (location.hash.length > 1) show(location.hash);
}

part('scan').addEventListener('click', scan);
part('stop').addEventListener('click', stopCamera);
part('picture').addEventListener('change', (event) => readPicture(event.target));
part('paste').addEventListener('submit', (event) => {
  event.preventDefault();
  show(new FormData(event.target).get('text'));
});
addEventListener('hashchange', showAddress);
part('scan').hidden = !navigator.mediaDevices;
part('tools').hidden = false;
showAddress();
