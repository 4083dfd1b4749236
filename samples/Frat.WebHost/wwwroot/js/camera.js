const width = 640;
const height = 480;

/** What to tell about each state in which there is no picture. */
export const guidance = {
  asking: { icon: 'camera', title: 'Waiting for the camera', text: 'If the browser asks, allow it to use the camera.' },
  refused: {
    icon: 'camera-off',
    title: 'The camera is not allowed',
    text: 'Allow the camera for this page in the browser’s address bar, then try again. Or use a photo instead.',
  },
  absent: { icon: 'camera-off', title: 'No camera found', text: 'Connect a camera, then try again. Or use a photo instead.' },
  busy: {
    icon: 'camera-off',
    title: 'The camera is busy',
    text: 'Another program seems to use it. Close that program, then try again. Or use a photo instead.',
  },
  insecure: {
    icon: 'camera-off',
    title: 'The camera needs a secure address',
    text: 'Browsers give the camera only to pages on https:// or on this machine itself. Use a photo instead.',
  },
  failed: { icon: 'camera-off', title: 'The camera doesn’t work', text: 'Try again, or use a photo instead.' },
};

const states = new Map([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotFoundError', 'absent'],
  ['OverconstrainedError', 'absent'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
]);

/** The webcam behind a video element. States: off, asking, live, and those of the guidance. */
export class Camera {
  #video;
  #changed;
  #stream = null;
  #state = 'off';

  constructor(video, changed) {
    this.#video = video;
    this.#changed = changed;
    navigator.mediaDevices?.addEventListener('devicechange', () => {
      if (this.#state === 'absent' || this.#state === 'busy') {
        this.start();
      }
    });
  }

  get state() {
    return this.#state;
  }

  async start() {
    if (this.#state === 'asking' || this.#state === 'live') {
      return;
    }

    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
      this.#set('insecure');
      return;
    }

    this.#set('asking');
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { width: { ideal: width }, height: { ideal: height }, facingMode: 'user' },
      });
      if (this.#state !== 'asking') {
        stop(stream); // Turned off while the browser still asked.
        return;
      }

      this.#stream = stream;
      stream.getVideoTracks()[0].addEventListener('ended', () => {
        if (this.#stream === stream) {
          this.stop();
          this.#set('absent');
        }
      });
      this.#video.srcObject = stream;
      await this.#video.play();
      this.#set('live');
    } catch (error) {
      if (this.#state === 'asking') {
        this.stop();
        this.#set(states.get(error.name) ?? 'failed');
      }
    }
  }

  stop() {
    stop(this.#stream);
    this.#stream = null;
    this.#video.srcObject = null;
    this.#set('off');
  }

  /** Lets a picture that is held still move again. */
  thaw() {
    if (this.#state === 'live') {
      this.#video.play().catch(() => {}); // Rejected only when the stream goes away meanwhile, which has its own state.
    }
  }

  /** One JPEG of 640×480: what the preview shows, but not mirrored. The preview can be held still, so that people see what was taken. */
  async capture({ freeze = false } = {}) {
    if (this.#video.paused) {
      await this.#video.play();
      await newFrame(this.#video); // What is held still may show the person before.
    }

    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.max(width / videoWidth, height / videoHeight);
    const [w, h] = [width / scale, height / scale];
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d').drawImage(this.#video, (videoWidth - w) / 2, (videoHeight - h) / 2, w, h, 0, 0, width, height);
    if (freeze) {
      this.#video.pause();
    }

    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))), 'image/jpeg', 0.92);
    });
  }

  #set(state) {
    this.#state = state;
    this.#changed(state);
  }
}

function newFrame(video) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The camera gives no pictures.')), 2000);
    video.requestVideoFrameCallback(resolve);
  });
}

function stop(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}
