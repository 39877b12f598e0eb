import { useLanguage } from '../words/words.tsx';
import { consoleEn, type ConsoleWords } from './words.en.ts';
import { consolePtBR } from './words.pt-BR.ts';

export function useConsoleWords(): ConsoleWords {
  return useLanguage().language === 'pt-BR' ? consolePtBR : consoleEn;
}
