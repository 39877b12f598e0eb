import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import classes from './CameraTools.module.css';
import { cue, isMuted, mute } from './cues.ts';
import type { Camera } from './useCamera.ts';
import { useCaptureWords } from './words.ts';

/** Which camera, where there are several, and whether the page makes sounds. Both are remembered in this browser. */
export function CameraTools({ camera }: { readonly camera: Pick<Camera, 'cameras' | 'chosen' | 'choose'> }) {
  const w = useCaptureWords();
  return (
    <div className={classes.tools}>
      {camera.cameras.length > 1 && (
        <NativeSelect
          size="md"
          className={classes.choice}
          aria-label={w.whichCamera}
          value={camera.chosen ?? ''}
          onChange={(event) => camera.choose(event.currentTarget.value)}
          data={camera.cameras.map(({ deviceId, label }, index) => ({ value: deviceId, label: label || w.camera(index + 1) }))}
        />
      )}
      <SoundSwitch />
    </div>
  );
}

export function SoundSwitch() {
  const w = useCaptureWords();
  const [muted, setMuted] = useState(isMuted);
  return (
    <button
      type="button"
      className={classes.sound}
      aria-label={muted ? w.soundOff : w.soundOn}
      title={muted ? w.soundOff : w.soundOn}
      onClick={() => {
        mute(!muted);
        setMuted(!muted);
        cue('step');
      }}
    >
      <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4z" />
        {muted ? <path d="m16 9.5 5 5m0-5-5 5" /> : <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />}
      </svg>
    </button>
  );
}
