import { useLanguage } from '../words/words.tsx';
import { captureEn, type CaptureWords } from './words.en.ts';
import { capturePtBR } from './words.pt-BR.ts';

export function useCaptureWords(): CaptureWords {
  return useLanguage().language === 'pt-BR' ? capturePtBR : captureEn;
}
