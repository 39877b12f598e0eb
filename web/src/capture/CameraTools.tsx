import { NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './CameraTools.module.css';
import { cue, isMuted, mute } from './cues.ts';
import type { Camera } from './useCamera.ts';
import { useCaptureWords } from './words.ts';

type Cameras = Pick<Camera, 'cameras' | 'chosen' | 'choose'>;

/** In a corner of the picture: the next camera, where there are several, and whether the page makes sounds. */
export function CameraTools({ camera }: { readonly camera: Cameras }) {
  const w = useCaptureWords();
  const { cameras, chosen, choose } = camera;
  const next = cameras[(cameras.findIndex(({ deviceId }) => deviceId === chosen) + 1) % Math.max(1, cameras.length)];
  return (
    <div className={classes.tools}>
      {cameras.length > 1 && next !== undefined && (
        <Tool label={w.otherCamera(next.label)} onPress={() => choose(next.deviceId)}>
          <path d="M4 9.5A2.5 2.5 0 0 1 6.5 7h1.800l1.2-2h5l1.2 2h1.800A2.5 2.5 0 0 1 20 9.500v7a2.5 2.5 0 0 1-2.5 2.500h-11A2.5 2.5 0 0 1 4 16.500z" />
          <path d="M9 12.200a3.2 3.2 0 0 1 5.8-1M15 13.800a3.2 3.2 0 0 1-5.8 1M15 9.300v2h-2M9 16.700v-2h2" />
        </Tool>
      )}
      <SoundSwitch />
    </div>
  );
}

/** The cameras by name. */
export function CameraChoice({ camera }: { readonly camera: Cameras }) {
  const w = useCaptureWords();
  return camera.cameras.length < 2 ? null : (
    <NativeSelect
      size="md"
      label={w.whichCamera}
      value={camera.chosen ?? ''}
      onChange={(event) => camera.choose(event.currentTarget.value)}
      data={camera.cameras.map(({ deviceId, label }, index) => ({ value: deviceId, label: label || w.camera(index + 1) }))}
    />
  );
}

function SoundSwitch() {
  const w = useCaptureWords();
  const { muted, toggle } = useSound();
  return (
    <Tool label={muted ? w.soundOff : w.soundOn} onPress={toggle}>
      <path d="M4 9.500v5h3.500l4.5 4v-13l-4.5 4z" />
      <path d={muted ? 'm16 9.5 5 5m0-5-5 5' : 'M15.5 9a4.2 4.2 0 0 1 0 6M18 6.500a7.8 7.8 0 0 1 0 11'} />
    </Tool>
  );
}

export function useSound(): { readonly muted: boolean; readonly toggle: () => void } {
  const [muted, setMuted] = useState(isMuted);
  const toggle = () => {
    mute(!muted);
    setMuted(!muted);
    cue('step');
  };
  return { muted, toggle };
}

function Tool({ label, onPress, children }: { readonly label: string; readonly onPress: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className={classes.tool} aria-label={label} title={label} onClick={onPress}>
      <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}
