import { Center, Loader } from '@mantine/core';
import { lazy, Suspense, type ComponentType } from 'react';
import { useWords } from '../words/words.tsx';
import { Home } from './Home.tsx';
import { usePath } from './navigate.ts';
import { Shell } from './Shell.tsx';

/** One entry a page; each is loaded when its path is opened. */
const PAGES: Readonly<Record<string, ComponentType>> = {
  '/sign-in': lazy(() => import('../sign-in/SignInPage.tsx')),
  '/enrol': lazy(() => import('../enrol/EnrolPage.tsx')),
  '/privacy': lazy(() => import('../privacy/PrivacyPage.tsx')),
  '/console': lazy(() => import('../console/ConsolePage.tsx')),
};

export function App() {
  const words = useWords();
  const Page = PAGES[usePath()] ?? Home;
  return (
    <Shell>
      <Suspense
        fallback={
          <Center mih="50vh">
            <Loader aria-label={words.loading} />
          </Center>
        }
      >
        <Page />
      </Suspense>
    </Shell>
  );
}
