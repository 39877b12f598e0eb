import { useEffect, useState } from 'react';
import { useWords } from '../words/words.tsx';
import { useShowFromTop } from '../app/useShowFromTop.ts';
import { useInstallable } from '../app/useInstallable.ts';
import { useTitle } from '../app/useTitle.ts';
import { isOwn, signedIn } from './api.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { FaceCapture } from './FaceCapture.tsx';
import { Password } from './Password.tsx';
import type { Person } from './protocol.ts';
import { Start } from './Start.tsx';
import { Welcome } from './Welcome.tsx';

type View =
  | { readonly name: 'start' }
  | { readonly name: 'face'; readonly department: string; readonly username: string }
  | { readonly name: 'password' }
  | { readonly name: 'change'; readonly username: string; readonly password: string }
  | { readonly name: 'welcome'; readonly person: Person; readonly leaving: boolean };

interface SignInPageProps {
  /** Where another page asks for it: that page goes on, and no application is returned to. */
  readonly onSignedIn?: () => void;
}

export default function SignInPage({ onSignedIn }: SignInPageProps) {
  const words = useWords();
  const [view, setView] = useState<View>({ name: 'start' });
  const [username, setUsername] = useState('');
  useInstallable('/sign-in.webmanifest');
  useTitle(words.signIn.title);

  useEffect(() => {
    // Without an answer the forms still show, and tell what is wrong when they are used.
    signedIn()
      .then((person) => {
        if (person !== null) {
          setView((now) => (now.name === 'start' ? { name: 'welcome', person, leaving: false } : now));
        }
      })
      .catch(() => undefined);
  }, []);

  useEffect(() => {
    // Coming back from the application by the browser's Back shows the page as it was left: begin anew.
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) {
        window.location.reload();
      }
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, []);

  useShowFromTop(view.name);

  /** After either way of signing in. Throws when the server sends people away from itself. */
  const finish = async (redirect: string | null, person: Person | null) => {
    if (onSignedIn !== undefined) {
      onSignedIn();
      return;
    }
    if (redirect !== null && !isOwn(redirect, window.location.origin)) {
      throw new Error(words.signIn.badRedirect);
    }
    const who = person ?? (await signedIn().catch(() => null)) ?? named(username);
    setView({ name: 'welcome', person: who, leaving: redirect !== null });
    if (redirect !== null) {
      window.location.assign(redirect);
    }
  };

  const toPassword = () => setView({ name: 'password' });
  const toStart = () => setView({ name: 'start' });
  switch (view.name) {
    case 'start':
      return (
        <Start
          username={username}
          onUsername={setUsername}
          onFace={(department) => setView({ name: 'face', department, username: username.trim() })}
          onPassword={toPassword}
        />
      );
    case 'face':
      return (
        <FaceCapture
          department={view.department}
          username={view.username}
          onFinish={finish}
          onCancel={toStart}
          onPassword={toPassword}
        />
      );
    case 'password':
      return (
        <Password
          username={username}
          onUsername={setUsername}
          onFinish={(redirect) => finish(redirect, null)}
          onChange={(password) => setView({ name: 'change', username: username.trim(), password })}
          onFace={toStart}
        />
      );
    case 'change':
      return (
        <ChangePassword
          username={view.username}
          current={view.password}
          onFinish={(redirect) => finish(redirect, null)}
          onCancel={toPassword}
        />
      );
    case 'welcome':
      return <Welcome person={view.person} leaving={view.leaving} onOther={toStart} onSignedOut={toStart} />;
  }
}

function named(username: string): Person {
  return { id: '', username, displayName: username, department: '' };
}
