import { useLanguage, type Language } from '../words/words.tsx';
import { kioskEn, type KioskWords } from './words.en.ts';
import { kioskPtBR } from './words.pt-BR.ts';

export const KIOSK_WORDS: Readonly<Record<Language, KioskWords>> = { en: kioskEn, 'pt-BR': kioskPtBR };

export function useKioskWords(): KioskWords {
  return KIOSK_WORDS[useLanguage().language];
}

/** How dates and times are written; the English of these pages is British. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', 'pt-BR': 'pt-BR' };
