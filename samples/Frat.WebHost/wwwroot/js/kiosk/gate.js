const [width, height] = [32, 24];

// The mean difference of two thumbnails, of 255. Still scenes give below 1, also with a camera's noise; whoever comes or goes 6 to 12,
// and whoever looks up less.
const [moved, stirred] = [3, 1.5];

/** Says whether something moves before the camera, so that an idle door sends nothing. */
export class MotionGate {
  #video;
  #canvas = document.createElement('canvas');
  #drawing;
  #last = null;

  constructor(video) {
    this.#video = video;
    [this.#canvas.width, this.#canvas.height] = [width, height];
    this.#drawing = this.#canvas.getContext('2d', { willReadFrequently: true });
  }

  /** Looks at the picture of this moment: closer, where something moved a moment ago. */
  look(isAlert) {
    this.#drawing.drawImage(this.#video, 0, 0, width, height);
    const { data } = this.#drawing.getImageData(0, 0, width, height);
    const now = new Uint8Array(width * height);
    let sum = 0;
    for (let i = 0; i < now.length; i++) {
      now[i] = (data[4 * i] + 2 * data[4 * i + 1] + data[4 * i + 2]) / 4;
      sum += this.#last ? Math.abs(now[i] - this.#last[i]) : 0;
    }

    const first = this.#last === null;
    this.#last = now;
    return first || sum / now.length >= (isAlert ? stirred : moved);
  }
}
