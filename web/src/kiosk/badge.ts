/** A reader types faster than any person. */
const LONGEST_GAP_MS = 80;
const SHORTEST = 4;
const LONGEST = 100;

/**
 * Tells a badge reader, which types like a keyboard and ends with Enter, from somebody at the keys.
 *
 * Give it each key with its time; it answers with the number when one is whole.
 */
export class BadgeReader {
  private typed = '';
  private last = -Infinity;

  key(key: string, at: number): string | null {
    const quick = at - this.last <= LONGEST_GAP_MS;
    this.last = at;
    if (key === 'Enter') {
      const number = quick ? this.typed : '';
      this.typed = '';
      return number.replace(/[^0-9a-z]/gi, '').length >= SHORTEST ? number : null;
    }
    // Shift and the like come with letters, and are nothing by themselves.
    if (key.length === 1) {
      this.typed = (quick ? this.typed + key : key).slice(-LONGEST);
    }
    return null;
  }
}
