import { useLanguage } from '../../words/words.tsx';
import { timeEn, type TimeWords } from './words.en.ts';
import { timePtBR } from './words.pt-BR.ts';

export function useTimeWords(): TimeWords {
  return useLanguage().language === 'pt-BR' ? timePtBR : timeEn;
}
