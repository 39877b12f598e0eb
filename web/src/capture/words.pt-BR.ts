import type { CaptureWords } from './words.en.ts';

export const capturePtBR: CaptureWords = {
  whichCamera: 'Câmera',
  camera: (number) => `Câmera ${number}`,
  otherCamera: (name) => (name === '' ? 'Outra câmera' : `Outra câmera: ${name}`),
  soundOn: 'O som está ligado: desligar',
  soundOff: 'O som está desligado: ligar',
  sound: 'Sons',
  again: 'A conexão caiu. Tentando de novo…',
  remember: 'Lembrar minha escolha neste navegador',
};
