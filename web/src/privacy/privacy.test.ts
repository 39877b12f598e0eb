import { expect, it } from 'vitest';
import { isPin } from './pin.ts';

it.each([
  ['271828', true],
  ['123456789012', true],
  ['27182', false],
  ['1234567890123', false],
  ['121212', false],
  ['27182a', false],
  ['٢٧١٨٢٨', false],
  ['', false],
])('whether %s is a PIN: %s', (digits, expected) => expect(isPin(digits)).toBe(expected));
