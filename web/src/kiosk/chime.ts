import type { Stage } from './flow.ts';

/** Short tones, in hertz. */
const TONES: Readonly<Partial<Record<Stage['name'], readonly number[]>>> = {
  greeted: [659, 880],
  kept: [659, 659],
  refused: [262],
  full: [262, 262],
};
const TONE_S = 0.13;
const LOUDNESS = 0.08;

let audio: AudioContext | null = null;

/** Says by ear how it ended. Silent until somebody has touched the page, as browsers want it. */
export function chime(stage: Stage['name']): void {
  const tones = TONES[stage];
  if (tones === undefined || !(navigator.userActivation?.hasBeenActive ?? true)) {
    return;
  }
  audio ??= new AudioContext();
  const { currentTime, destination } = audio;
  const gain = audio.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(destination);
  tones.forEach((hertz, index) => {
    const tone = (audio as AudioContext).createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(currentTime + index * TONE_S);
    tone.stop(currentTime + (index + 0.85) * TONE_S);
  });
}
