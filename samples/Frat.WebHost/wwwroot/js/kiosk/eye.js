import { Camera } from '../camera.js';

const waits = [1000, 2000, 5000, 10_000, 30_000];
const longestStill = 5000;

/** The kiosk's camera, which is opened again by itself whenever it went away. */
export class Eye {
  #camera;
  #video;
  #tries = 0;
  #timer = 0;
  #lastFrame = 0;

  constructor(video, changed) {
    this.#video = video;
    this.#camera = new Camera(video, (state) => {
      changed(state);
      this.#heal(state);
    });
    document.addEventListener('visibilitychange', () => document.hidden || this.#restart());
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#camera.state === 'live' || this.#restart());
    setInterval(() => this.#watch(), 1000);
  }

  get state() {
    return this.#camera.state;
  }

  get isLive() {
    return this.#camera.state === 'live' && this.#video.videoWidth > 0;
  }

  start() {
    this.#camera.start();
  }

  capture() {
    return this.#camera.capture();
  }

  #heal(state) {
    clearTimeout(this.#timer);
    if (state === 'live') {
      this.#lastFrame = performance.now();
      this.#follow();
    } else if (state !== 'asking' && state !== 'insecure') {
      this.#timer = setTimeout(() => this.#camera.start(), waits[Math.min(this.#tries++, waits.length - 1)]);
    }
  }

  #follow() {
    this.#video.requestVideoFrameCallback(() => {
      this.#lastFrame = performance.now();
      this.#tries = 0; // Only a picture is a success: a camera may open and show none.
      if (this.#camera.state === 'live') {
        this.#follow();
      }
    });
  }

  // Muted tracks and stuck drivers give no event that could be relied on: they give no frames.
  #watch() {
    if (this.#camera.state === 'live' && !document.hidden && performance.now() - this.#lastFrame > longestStill) {
      this.#restart();
    }
  }

  #restart() {
    if (this.#camera.state === 'live' && performance.now() - this.#lastFrame <= longestStill) {
      return;
    }

    if (this.#camera.state !== 'asking') {
      this.#camera.stop();
    }
  }
}
