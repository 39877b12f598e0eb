import type { Words } from './en.ts';

/** One thing to do, as the server says it: a stable code and its English sentence. */
export interface AdviceItem {
  readonly code: string;
  readonly text: string;
}

export function isAdvice(value: unknown): value is AdviceItem {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as AdviceItem).code === 'string' &&
    typeof (value as AdviceItem).text === 'string'
  );
}

/** The sentence for an advice in the person's language; a code newer than these pages shows the server's own text. */
export function adviceText(words: Words, advice: AdviceItem): string {
  return lookUp(words.advice, advice.code) ?? advice.text;
}

/** A text of the dictionary for a code that a server sent, if there is one. */
export function lookUp(texts: Readonly<Record<string, string>>, code: string | null | undefined): string | undefined {
  return code != null && Object.hasOwn(texts, code) ? texts[code] : undefined;
}
