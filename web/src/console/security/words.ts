import { useLanguage } from '../../words/words.tsx';
import { securityEn, type SecurityWords } from './words.en.ts';
import { securityPtBR } from './words.pt-BR.ts';

export function useSecurityWords(): SecurityWords {
  return useLanguage().language === 'pt-BR' ? securityPtBR : securityEn;
}
