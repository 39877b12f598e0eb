import { useLanguage } from '../words/words.tsx';
import { presenceEn, type PresenceWords } from './words.en.ts';
import { presencePtBR } from './words.pt-BR.ts';

export function usePresenceWords(): PresenceWords {
  return useLanguage().language === 'pt-BR' ? presencePtBR : presenceEn;
}
