import { useLanguage } from '../words/words.tsx';
import { privacyEn, type PrivacyWords } from './words.en.ts';
import { privacyPtBR } from './words.pt-BR.ts';

export function usePrivacyWords(): PrivacyWords {
  return useLanguage().language === 'pt-BR' ? privacyPtBR : privacyEn;
}
