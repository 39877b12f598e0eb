/** As the server wants it: 6 to 12 digits, of at least three kinds. */
export function isPin(digits: string): boolean {
  return /^[0-9]{6,12}$/.test(digits) && new Set(digits).size >= 3;
}
