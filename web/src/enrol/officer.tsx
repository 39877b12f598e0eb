import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { ProblemError } from '../http/problem.ts';
import { request, type RequestOptions } from '../http/request.ts';
import { useWords } from '../words/words.tsx';
import { OfficerSignIn } from './OfficerSignIn.tsx';

export type Call = <T>(method: string, path: string, options?: Omit<RequestOptions, 'bearer'>) => Promise<T>;

interface Officer {
  /** A request in the officer's name. When the session has ended it waits until the officer has signed in again. */
  readonly call: Call;
  readonly signOut: () => void;
}

const Context = createContext<Officer | null>(null);

export function useOfficer(): Officer {
  const officer = use(Context);
  if (officer === null) {
    throw new Error('outside of OfficerSession');
  }
  return officer;
}

interface Waiting {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** Held in memory and nowhere else; one sign-in serves every page for officers until the browser loads a page anew. */
const token: { current: string | null } = { current: null };

interface OfficerSessionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** Asks the officer to sign in before anything is shown. */
export function OfficerSession({ title, lead, children }: OfficerSessionProps) {
  const words = useWords();
  const waiting = useRef<Waiting | null>(null);
  const [known, setKnown] = useState(token.current !== null);
  const [ended, setEnded] = useState(false);

  const call: Call = useCallback(async (method, path, options = {}) => {
    for (;;) {
      const used = token.current ?? '';
      try {
        return await request(method, path, { ...options, bearer: used });
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.status !== 401) {
          throw error;
        }
        // Another request may have brought a new token meanwhile.
        if (token.current === used) {
          waiting.current ??= newWaiting();
          setEnded(true);
          await waiting.current.promise;
        }
      }
    }
  }, []);

  const signIn = (fresh: string) => {
    token.current = fresh;
    setKnown(true);
    setEnded(false);
    waiting.current?.resolve();
    waiting.current = null;
  };
  const signOut = useCallback(() => {
    token.current = null;
    waiting.current = null;
    setKnown(false);
    setEnded(false);
  }, []);
  const officer = useMemo(() => ({ call, signOut }), [call, signOut]);

  if (!known) {
    return (
      <div className="column">
        <div className="card padded">
          <OfficerSignIn title={title} lead={lead} onToken={signIn} />
        </div>
      </div>
    );
  }
  return (
    <Context value={officer}>
      {children}
      {ended && (
        <Dialog label={title}>
          <OfficerSignIn again title={title} lead={words.enrol.sessionEnded} onToken={signIn} />
        </Dialog>
      )}
    </Context>
  );
}

function newWaiting(): Waiting {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
