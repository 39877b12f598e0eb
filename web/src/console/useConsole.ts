import { createContext, use } from 'react';
import type { Account, Section } from './sections.ts';

/** Who is signed in, and the page's address. */
interface Console {
  readonly account: Account;
  readonly query: URLSearchParams;
  /** Goes to a section and what is chosen in it. */
  readonly go: (section: Section, chosen?: Readonly<Record<string, string>>, replace?: boolean) => void;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const console = use(ConsoleContext);
  if (console === null) {
    throw new Error('outside of the console');
  }
  return console;
}

/** The address of a section and what is chosen in it. */
export function address(section: Section, chosen: Readonly<Record<string, string>> = {}): string {
  return `/console?${new URLSearchParams({ section, ...chosen })}`;
}
