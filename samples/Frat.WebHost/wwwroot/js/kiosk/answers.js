import { play } from './tones.js';

const seconds = 1000;
const undoLasts = 10 * seconds;
const takesNoTaps = 700;
const hintsAfter = 1.5 * seconds;
const [preview, frame, faceBox, hint, told, idle, answer, line, name, more, sign, undo] = [
  'preview', 'frame', 'face-box', 'hint', 'told', 'idle', 'answer', 'line', 'name', 'more', 'sign', 'undo',
].map((id) => document.getElementById(id));

// What stays how long, with which sign.
const answers = {
  in: { stays: 2.5, sign: 'check' },
  out: { stays: 3, sign: 'check' },
  late: { stays: 3, sign: 'check' },
  again: { stays: 2, sign: 'repeat' },
  undone: { stays: 3, sign: 'retry' },
  saved: { stays: 3, sign: 'calendar' },
  refused: { stays: 4, sign: 'alert' },
};
const hints = {
  closer: 'Come closer',
  light: 'More light on your face',
  straight: 'Look straight here',
  several: 'One person at a time',
};
const hintStates = new Set(Object.keys(hints));

let hintSince = 0;
let clearing = 0;
let undoing = 0;
let undoKey = null;

/** The state whose answer is shown; "nobody" while there is none. */
export function shownState() {
  return told.dataset.state;
}

/** What takes the answer's punch back; null when it can't be any more. */
export function undoOffered() {
  return undoKey;
}

/** Tells whoever stands there what to do better. A hint for a passing moment would only make people nervous. */
export function showHint(now) {
  hint.textContent = hintFor(now);
}

function hintFor(now) {
  if (!hintStates.has(now)) {
    hintSince = 0;
    return '';
  }

  hintSince ||= performance.now();
  return performance.now() - hintSince >= hintsAfter || now === 'light' || now === 'straight' ? hints[now] : '';
}

/** Draws the frame around the face. The preview is mirrored, and shows the middle of the picture that was sent. */
export function draw({ box, progress = 0 }) {
  frame.toggleAttribute('data-face', Boolean(box));
  if (!box) {
    return;
  }

  const [left, top, right, bottom] = box;
  const { clientWidth: w, clientHeight: h } = preview;
  const scale = Math.max(w / 640, h / 480);
  const [x, y] = [(part) => w / 2 + (part - 0.5) * 640 * scale, (part) => h / 2 + (part - 0.5) * 480 * scale];
  frame.setAttribute('viewBox', `0 0 ${w} ${h}`);
  faceBox.setAttribute('x', x(1 - right));
  faceBox.setAttribute('y', y(top));
  faceBox.setAttribute('width', x(1 - left) - x(1 - right));
  faceBox.setAttribute('height', y(bottom) - y(top));
  faceBox.setAttribute('stroke-dasharray', `${Math.round(progress * 100) || 100} 100`);
}

/** Shows an answer for as long as it stays. */
export function tell(said) {
  const how = answers[said.state] ?? { stays: 10, sign: 'face' };
  const isNew = told.dataset.state !== said.state || name.textContent !== (said.name ?? '');
  told.dataset.state = said.state;
  line.textContent = said.line ?? '';
  name.textContent = said.name ?? '';
  name.dataset.length = lengthOf(said.name ?? '');
  more.textContent = said.more ?? '';
  sign.firstElementChild.setAttribute('href', `${new URL('../../icons.svg', import.meta.url).pathname}#${how.sign}`);
  idle.hidden = true;
  answer.hidden = false;
  if (isNew) {
    play(said.state);
  }

  clearTimeout(clearing);
  clearing = setTimeout(clear, how.stays * seconds);
  offerUndo(said.undo ?? null);
}

function lengthOf(text) {
  const { length } = [...text];
  return length > 56 ? 'xl' : length > 28 ? 'l' : length > 14 ? 'm' : 's';
}

/** Shows the clock again. */
export function clear() {
  clearTimeout(clearing);
  told.dataset.state = 'nobody';
  answer.hidden = true;
  idle.hidden = false;
}

// The button has its place from the first; a finger that was on its way doesn't hit it.
function offerUndo(key) {
  if (key === null && told.dataset.state !== 'undone') {
    return;
  }

  clearTimeout(undoing);
  undoKey = key;
  undo.hidden = key === null;
  undo.disabled = true;
  setTimeout(() => { undo.disabled = false; }, takesNoTaps);
  undoing = setTimeout(() => { [undo.hidden, undoKey] = [true, null]; }, undoLasts);
}
