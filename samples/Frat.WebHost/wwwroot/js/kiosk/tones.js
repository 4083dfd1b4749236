let audio = null;

// Hertz, one after another. Browsers play nothing before the first touch.
const tones = { in: [660, 880], late: [660, 880], out: [880, 660], again: [660], undone: [440], unsure: [220, 220] };

export function unlock() {
  audio ??= new AudioContext();
  audio.resume();
}

export function play(state) {
  if (audio?.state !== 'running' || !tones[state]) {
    return;
  }

  tones[state].forEach((frequency, i) => {
    const [oscillator, gain, from] = [audio.createOscillator(), audio.createGain(), audio.currentTime + i * 0.14];
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, from);
    gain.gain.exponentialRampToValueAtTime(0.2, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.13);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(from);
    oscillator.stop(from + 0.14);
  });
}
