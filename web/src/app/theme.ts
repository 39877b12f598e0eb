import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm petrol green. White text on shades 6 and darker has a contrast of at least 4.5 to 1. */
const petrol: MantineColorsTuple = [
  '#edf7f6',
  '#dbeeec',
  '#b6ddd9',
  '#8cc9c3',
  '#62b3ab',
  '#3a968e',
  '#147a72',
  '#0f6a63',
  '#0b5650',
  '#07423e',
];

const ink: MantineColorsTuple = [
  '#e3ecec',
  '#c5d2d2',
  '#a6b7b7',
  '#7f9393',
  '#4a5c5d',
  '#334344',
  '#243233',
  '#182324',
  '#0f1718',
  '#0a1011',
];

export const theme = createTheme({
  colors: { petrol, dark: ink },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  headings: { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif', fontWeight: '650' },
  cursorType: 'pointer',
  // A name may not be given to what has no role.
  components: { Loader: { defaultProps: { role: 'img' } } },
});
