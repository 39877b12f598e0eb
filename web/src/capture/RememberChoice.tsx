import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { remember, remembers } from './kept.ts';
import { useCaptureWords } from './words.ts';

/** Whether this browser may remember department, camera, sounds and the way of the pictures. */
export function RememberChoice() {
  const w = useCaptureWords();
  const [allowed, setAllowed] = useState(remembers);
  return (
    <Checkbox
      size="md"
      ta="left"
      label={w.remember}
      checked={allowed}
      onChange={(event) => {
        remember(event.currentTarget.checked);
        setAllowed(event.currentTarget.checked);
      }}
    />
  );
}
