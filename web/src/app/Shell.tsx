import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { createContext, use, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { LANGUAGES, useLanguage, type Language } from '../words/words.tsx';
import { IconGlobe, IconMoon, IconSun } from './icons.tsx';
import classes from './Shell.module.css';

const HeaderSlot = createContext<HTMLElement | null>(null);

/** The frame of every page: mark, language, appearance. */
export function Shell({ children }: { children: ReactNode }) {
  const { language, words, speak } = useLanguage();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const others = (Object.keys(LANGUAGES) as Language[]).filter((other) => other !== language);
  const opposite = scheme === 'dark' ? 'light' : 'dark';
  return (
    <div className={classes.page}>
      <a className={classes.skip} href="#content">
        {words.skipToContent}
      </a>
      <header className={classes.header}>
        <a className={classes.mark} href="/" aria-label="Vultus">
          <img src="/favicon.svg" alt="" width={34} height={34} />
          <span className={classes.name}>Vultus</span>
        </a>
        <div className={classes.tools}>
          <div ref={setSlot} className={classes.slot} />
          {others.map((other) => (
            <Button
              key={other}
              variant="subtle"
              color="gray"
              size="md"
              px="sm"
              lang={other}
              // On a narrow screen the short one is what is seen, and what is said to a computer that listens.
              aria-label={`${LANGUAGES[other].name} ${short(other)}`}
              onClick={() => speak(other)}
            >
              <IconGlobe size={20} />
              <span className={classes.long}>{LANGUAGES[other].name}</span>
              <span className={classes.short}>{short(other)}</span>
            </Button>
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={`${words.brightness.title}: ${words.brightness[opposite]}`}
            onClick={() => setColorScheme(opposite)}
          >
            {scheme === 'dark' ? <IconSun /> : <IconMoon />}
          </ActionIcon>
        </div>
      </header>
      <main id="content" className={classes.content} tabIndex={-1}>
        <HeaderSlot value={slot}>{children}</HeaderSlot>
      </main>
    </div>
  );
}

function short(language: Language): string {
  return language.slice(0, 2).toUpperCase();
}

/** Puts what a page needs, such as signing out, into the header. */
export function InHeader({ children }: { children: ReactNode }) {
  const slot = use(HeaderSlot);
  return slot === null ? null : createPortal(children, slot);
}
