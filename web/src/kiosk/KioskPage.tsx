import { useCallback, useEffect, useState } from 'react';
import { useInstallable } from '../app/useInstallable.ts';
import { useTitle } from '../app/useTitle.ts';
import { Spoken, useLanguage, type Language } from '../words/words.tsx';
import { Kiosk } from './Kiosk.tsx';
import { Setup } from './Setup.tsx';
import { Vault, type Settings } from './vault.ts';
import { KIOSK_WORDS } from './words.ts';

type State =
  | { readonly name: 'opening' }
  | { readonly name: 'broken' }
  | { readonly name: 'new'; readonly vault: Vault }
  | { readonly name: 'set-up'; readonly vault: Vault; readonly settings: Settings };

/** A kiosk where this browser is one, else what an administrator fills in to make it one. */
export default function KioskPage() {
  const here = useLanguage().language;
  const [state, setState] = useState<State>({ name: 'opening' });
  const [language, speak] = useState<Language>(here);
  useInstallable('/kiosk.webmanifest');
  useTitle(KIOSK_WORDS[language].title);

  useEffect(() => {
    const open = async () => {
      const vault = await Vault.open();
      const settings = await vault.settings();
      if (settings !== null) {
        speak(settings.language);
      }
      setState(settings === null ? { name: 'new', vault } : { name: 'set-up', vault, settings });
    };
    // Pages that are not secure have no keys to keep things with.
    (window.isSecureContext ? open() : Promise.reject(new Error('insecure'))).catch(() => setState({ name: 'broken' }));
  }, []);

  const onSetUp = useCallback((vault: Vault, settings: Settings) => {
    speak(settings.language);
    setState({ name: 'set-up', vault, settings });
  }, []);

  return (
    <Spoken language={language} speak={speak}>
      {state.name === 'set-up' ? (
        <Kiosk vault={state.vault} settings={state.settings} onForgotten={() => setState({ name: 'new', vault: state.vault })} />
      ) : (
        state.name !== 'opening' && <Setup vault={state.name === 'new' ? state.vault : null} onSetUp={onSetUp} />
      )}
    </Spoken>
  );
}
