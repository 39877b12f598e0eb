/** English, and the shape that other languages of the capture component fill. */
export const captureEn = {
  whichCamera: 'Camera',
  camera: (number: number) => `Camera ${number}`,
  soundOn: 'Sound is on: switch it off',
  soundOff: 'Sound is off: switch it on',
  again: 'The connection was lost. Trying again…',
};

export type CaptureWords = typeof captureEn;
