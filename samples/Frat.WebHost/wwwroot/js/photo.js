import { icon, rectangle } from './dom.js';
import { post } from './api.js';
import { shrink } from './shrink.js';

const verdicts = {
  good: () => 'Face found.',
  noFace: (_, fromCamera) => (fromCamera
    ? 'No face found. Look straight at the camera, in good light, with nothing in front of the face.'
    : 'No face found. Use a photo that shows the face from the front, in good light, with nothing before it.'),
  severalFaces: (count) => `${count > 1 ? `${count} faces` : 'More than one face'} found. Only one person may be in the photo.`,
  blurred: (_, fromCamera) => (fromCamera ? 'The face is blurred. Hold still, or wipe the lens.' : 'The face is blurred. Use a sharper photo.'),
  turned: () => 'The face is turned aside. Look straight into the camera.',
  tooDark: () => 'The face is too dark. Turn towards the light.',
  tooBright: () => 'The light on the face is too strong. Move out of the direct light.',
  faceTooSmall: () => 'The face is too small. Come closer, or crop the photo.',
};

/** One photo of a registration: its tile, and what the server says about it. */
export class Photo {
  #tile;
  #url;
  #fromCamera;

  constructor(file, fromCamera, { remove, retake, changed }) {
    this.file = file;
    this.refused = false;
    this.message = '';
    this.changed = changed;
    this.#fromCamera = fromCamera;
    this.#url = URL.createObjectURL(file);
    this.#tile = document.getElementById('photo-template').content.firstElementChild.cloneNode(true);
    this.#find('img').src = this.#url;
    this.#find('.remove').addEventListener('click', () => remove(this));
    this.#find('.retake').addEventListener('click', () => retake(this));
    this.#find('.retake').hidden = !fromCamera;
    this.#find('.retry').addEventListener('click', () => {
      this.#find('.remove').focus(); // This button goes away.
      this.assessed = this.#assess();
    });
    this.assessed = this.#assess();
  }

  get element() {
    return this.#tile;
  }

  number(value) {
    this.#find('img').alt = `Photo ${value}`;
    this.#find('.remove').setAttribute('aria-label', `Remove photo ${value}`);
    this.#find('.retake').setAttribute('aria-label', `Retake photo ${value}`);
    this.#find('.retry').setAttribute('aria-label', `Check photo ${value} again`);
  }

  focus() {
    this.#find('.remove').focus();
    return true;
  }

  /** Shows a verdict that the server gave. */
  refuse(verdict, count = 0) {
    this.#show('warn', 'alert', (verdicts[verdict] ?? verdicts.noFace)(count, this.#fromCamera));
    this.refused = true;
  }

  dispose() {
    URL.revokeObjectURL(this.#url);
    this.#tile.remove();
  }

  async #assess() {
    this.refused = false;
    this.#find('.retry').hidden = true;
    this.#show('busy', null, 'Looking for a face…');
    try {
      this.file = await shrink(this.file);
      const form = new FormData();
      form.append('photo', this.file, this.file.name || 'camera.jpg');
      const { verdict, width, height, faces } = await post('photos/assess', form);
      this.#draw(width, height, faces);
      if (verdict === 'good') {
        this.#show('good', 'check', verdicts.good());
      } else {
        this.refuse(verdict, faces.length);
      }
    } catch (problem) {
      // Where only the check failed, the registration itself may still pass.
      this.refused = !problem.mayPass;
      this.#find('.retry').hidden = this.refused;
      this.#show('bad', 'alert', problem.message);
    }

    this.changed(this);
  }

  #show(tone, symbol, message) {
    this.message = message;
    this.#tile.dataset.tone = tone;
    this.#find('.verdict').replaceChildren(...(symbol ? [icon(symbol)] : []), message);
  }

  // The boxes are in pixels of the decoded photo; both it and the drawing are fitted into the frame in the same way.
  #draw(width, height, faces) {
    const drawing = this.#find('.boxes');
    drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawing.replaceChildren(...faces.map(({ box }) => rectangle(box.left, box.top, box.right, box.bottom)));
  }

  #find(selector) {
    return this.#tile.querySelector(selector);
  }
}
