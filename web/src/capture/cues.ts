import { keep, kept } from './kept.ts';

/** What is said by ear and by hand, beside what is shown. */
export type Cue = 'step' | 'good' | 'kept' | 'bad' | 'full';

/** Short tones, in hertz, and how long the device shakes, in milliseconds on and off. */
const CUES: Readonly<Record<Cue, { readonly tones: readonly number[]; readonly shakes: readonly number[] }>> = {
  step: { tones: [587], shakes: [40] },
  good: { tones: [659, 880], shakes: [60, 60, 60] },
  kept: { tones: [659, 659], shakes: [60] },
  bad: { tones: [262], shakes: [220] },
  full: { tones: [262, 262], shakes: [220, 80, 220] },
};
const TONE_S = 0.13;
const LOUDNESS = 0.08;

let audio: AudioContext | null = null;

/** Silent where the person wants it so, and until somebody has touched the page, as browsers want it. */
export function cue(name: Cue): void {
  if (isMuted() || !(navigator.userActivation?.hasBeenActive ?? true)) {
    return;
  }
  const { tones, shakes } = CUES[name];
  // Not on iPhones, which have no such thing.
  (navigator as Partial<Navigator>).vibrate?.([...shakes]);
  try {
    audio ??= new AudioContext();
    void audio.resume();
    const { currentTime, destination } = audio;
    const gain = audio.createGain();
    gain.gain.value = LOUDNESS;
    gain.connect(destination);
    for (const [index, hertz] of tones.entries()) {
      const tone = audio.createOscillator();
      tone.frequency.value = hertz;
      tone.connect(gain);
      tone.start(currentTime + index * TONE_S);
      tone.stop(currentTime + (index + 0.85) * TONE_S);
    }
  } catch {
    // A device without a loudspeaker.
  }
}

export function isMuted(): boolean {
  return kept().muted === true;
}

export function mute(muted: boolean): void {
  keep({ muted });
}
