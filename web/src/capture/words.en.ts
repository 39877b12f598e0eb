/** English, and the shape that other languages of the capture component fill. */
export const captureEn = {
  whichCamera: 'Camera',
  camera: (number: number) => `Camera ${number}`,
  otherCamera: (name: string) => (name === '' ? 'Another camera' : `Another camera: ${name}`),
  soundOn: 'Sound is on: switch it off',
  soundOff: 'Sound is off: switch it on',
  sound: 'Sounds',
  again: 'The connection was lost. Trying again…',
  remember: 'Remember my choice in this browser',
};

export type CaptureWords = typeof captureEn;
