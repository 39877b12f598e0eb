/** The values as an SVG path, the newest at the right edge, the highest at the top; a scale of at least 1, so that zeros lie low. */
export function path(values: readonly number[], most: number, width: number, height: number): string {
  const highest = Math.max(1, ...values);
  const step = width / Math.max(1, most - 1);
  const left = width - step * (values.length - 1);
  return values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${round(left + index * step)} ${round(height * (1 - value / highest))}`)
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
