import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { en, type Words } from './en.ts';
import { ptBR } from './pt-BR.ts';

export const LANGUAGES = { en: { words: en, name: 'English' }, 'pt-BR': { words: ptBR, name: 'Português' } } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_AS = 'vultus.language';

interface Speaking {
  readonly language: Language;
  readonly words: Words;
  readonly speak: (language: Language) => void;
}

const Context = createContext<Speaking>({ language: 'en', words: en, speak: () => undefined });

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => chooseLanguage(kept(), navigator.languages));
  const words: Words = LANGUAGES[language].words;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speak = (chosen: Language) => {
    setLanguage(chosen);
    try {
      localStorage.setItem(KEPT_AS, chosen);
    } catch {
      // Private windows may refuse to store; the choice then lasts for this page.
    }
  };
  return <Context value={{ language, words, speak }}>{children}</Context>;
}

interface SpokenProps {
  readonly language: Language;
  readonly speak: (language: Language) => void;
  readonly children: ReactNode;
}

/** Speaks a language within, for as long as it is shown; the one kept on this device stays. */
export function Spoken({ language, speak, children }: SpokenProps) {
  useEffect(() => {
    const before = document.documentElement.lang;
    document.documentElement.lang = language;
    return () => {
      document.documentElement.lang = before;
    };
  }, [language]);
  return <Context value={{ language, words: LANGUAGES[language].words, speak }}>{children}</Context>;
}

export function useWords(): Words {
  return useContext(Context).words;
}

export function useLanguage(): Speaking {
  return useContext(Context);
}

/** The language kept on this device, else the first of the browser's that there is, else English. */
export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored !== null && Object.hasOwn(LANGUAGES, stored)) {
    return stored as Language;
  }
  for (const tag of preferred) {
    if (/^pt\b/i.test(tag)) {
      return 'pt-BR';
    }
    if (/^en\b/i.test(tag)) {
      return 'en';
    }
  }
  return 'en';
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
