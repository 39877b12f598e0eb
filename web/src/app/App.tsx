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

/** Without the frame, which leads to the other pages. */
const KioskPage = lazy(() => import('../kiosk/KioskPage.tsx'));

export function App() {
  const words = useWords();
  const path = usePath();
  if (path === '/kiosk') {
    return (
      <Suspense fallback={null}>
        <KioskPage />
      </Suspense>
    );
  }
  const Page = PAGES[path] ?? Home;
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
