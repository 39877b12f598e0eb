import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ProblemError } from '../http/problem.ts';
import { registration, send, type Answer, type PunchEvent, type Registration } from './api.ts';
import { backOff, Courier, type Loss } from './courier.ts';
import type { Settings, Vault } from './vault.ts';

/** How often the server is asked whether it is there. */
const BEAT_MS = 20_000;

export interface Server {
  readonly link: 'here' | 'away' | 'void';
  readonly registration: Registration;
  /** How many punches wait to be sent. */
  readonly waiting: number;
  readonly losses: readonly Loss[];
  /** The time by the server's clock, as far as it is known. */
  readonly now: () => number;
  /** Sends a punch of somebody who stands here. */
  readonly punch: (event: PunchEvent) => Promise<Answer>;
  /** Keeps a punch for later; false when there is no room. */
  readonly keep: (event: PunchEvent) => Promise<boolean>;
  /** A connection broke: asks whether the server is there. */
  readonly lost: () => void;
  readonly clearLosses: () => void;
}

/** Watches over the connection to the server, and sends what waits when it is back. */
export function useServer(vault: Vault, settings: Settings): Server {
  const { credential } = settings;
  const [link, setLink] = useState<Server['link']>('here');
  const [known, setKnown] = useState(settings.registration);
  const [waiting, setWaiting] = useState(0);
  const [losses, setLosses] = useState<readonly Loss[]>([]);
  const ahead = useRef(settings.ahead);
  const wake = useRef<() => void>(() => undefined);
  const now = useCallback(() => Date.now() + ahead.current, []);
  const count = useCallback(async () => {
    setWaiting((await vault.waiting()).length);
    setLosses(await vault.losses());
  }, [vault]);
  const courier = useMemo(
    () => new Courier(vault, (event) => send(credential, event, true).finally(() => void count()), now),
    [vault, credential, count, now],
  );

  useEffect(() => {
    let over = false;
    let failures = 0;

    /** Gives how long to wait for the next beat. */
    const beat = async (): Promise<number> => {
      try {
        const asked = Date.now();
        const answer = await registration(credential);
        ahead.current = Math.round(Date.parse(answer.time) - (asked + Date.now()) / 2);
        await vault.keepSettings({ ...settings, registration: answer, ahead: ahead.current });
        if (over) {
          return 0;
        }
        setKnown(answer);
        setLink('here');
        const ended = await courier.deliver();
        await count();
        if (ended.kind === 'empty') {
          failures = 0;
          return BEAT_MS;
        }
        setLink(ended.kind === 'void' ? 'void' : 'away');
        return backOff(++failures, ended.kind === 'away' ? ended.retryAfter : null, Math.random());
      } catch (error) {
        const problem = error instanceof ProblemError ? error.problem : null;
        setLink(problem?.kind === 'not-signed-in' ? 'void' : 'away');
        await courier.expire();
        await count();
        return backOff(++failures, problem?.retryAfter ?? null, Math.random());
      }
    };
    const run = async () => {
      while (!over) {
        const wait = await beat();
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wait);
          wake.current = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    };
    void run();
    const onOnline = () => wake.current();
    window.addEventListener('online', onOnline);
    return () => {
      over = true;
      window.removeEventListener('online', onOnline);
      wake.current();
    };
  }, [vault, settings, credential, courier, count]);

  const punch = useCallback(
    async (event: PunchEvent) => {
      const answer = await send(credential, event, false);
      if (answer.kind === 'away' || answer.kind === 'void') {
        setLink(answer.kind);
        wake.current();
      }
      return answer;
    },
    [credential],
  );
  const lost = useCallback(() => {
    setLink('away');
    wake.current();
  }, []);
  const keep = useCallback(
    async (event: PunchEvent) => {
      const kept = await courier.keep(event);
      await count();
      return kept;
    },
    [courier, count],
  );
  const clearLosses = useCallback(() => {
    void vault.keepLosses([]).then(count);
  }, [vault, count]);

  return { link, registration: known, waiting, losses, now, punch, keep, lost, clearLosses };
}
