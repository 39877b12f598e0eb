import { cue, type Cue } from '../capture/cues.ts';
import type { Stage } from './flow.ts';

const CUES: Readonly<Partial<Record<Stage['name'], Cue>>> = { greeted: 'good', kept: 'kept', refused: 'bad', full: 'full' };

/** Says by ear how it ended. */
export function chime(stage: Stage['name']): void {
  const name = CUES[stage];
  if (name !== undefined) {
    cue(name);
  }
}
