import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import 'virtual:theme.css';
import './app/app.css';
import { App } from './app/App.tsx';
import { theme } from './app/theme.ts';
import { WordsProvider } from './words/words.tsx';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      {/* The variables come from a style sheet of the build, so that no page needs inline styles. */}
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <WordsProvider>
          <App />
        </WordsProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
