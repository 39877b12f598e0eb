import type { CaptureWords } from './words.en.ts';

export const capturePtBR: CaptureWords = {
  whichCamera: 'Câmera',
  camera: (number) => `Câmera ${number}`,
  soundOn: 'O som está ligado: desligar',
  soundOff: 'O som está desligado: ligar',
  again: 'A conexão caiu. Tentando de novo…',
};
