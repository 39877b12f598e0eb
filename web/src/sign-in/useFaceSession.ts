import { useEffect, useState, type RefObject } from 'react';
import { grabFrame, wipe } from '../capture/camera.ts';
import { advance, CONNECTING, isOver, maySend, type FaceEvent, type FaceSession } from './faceSession.ts';
import { cameraLabel, parseMessage } from './protocol.ts';
import { connect, type Session, type Way } from './transport.ts';

export interface Attempt {
  readonly session: FaceSession;
  /** How pictures go to the server; null until that is known. */
  readonly way: Way | null;
}

/**
 * Runs one attempt while `running`, with the video's stream or pictures from it. A new `attempt` starts anew; what lies in the
 * `outbox` is sent. Where no movements are asked for, a picture of no use (`useless`) is not sent.
 */
export function useFaceSession(
  { department, username, kiosk }: Session,
  video: RefObject<HTMLVideoElement | null>,
  running: boolean,
  attempt: number,
  outbox: RefObject<string[]>,
  useless?: RefObject<boolean>,
): Attempt {
  // What is left of the attempt before is not of this one.
  const [shown, setShown] = useState<Attempt & { readonly of: number }>({ session: CONNECTING, way: null, of: attempt });

  useEffect(() => {
    if (!running) {
      return;
    }
    let session = CONNECTING;
    let grabbing = false;
    let left = false;
    const canvas = document.createElement('canvas');

    const hear = (event: FaceEvent) => {
      if (!left) {
        session = advance(session, event);
        setShown((before) => ({ ...before, session }));
      }
    };
    const source = video.current?.srcObject;
    const transport = connect(kiosk === undefined ? { department, username } : { department, username, kiosk }, source instanceof MediaStream ? source : null, {
      onOpen: (opened) => {
        if (!left) {
          setShown((before) => ({ ...before, way: opened }));
        }
      },
      onMessage: (text) => {
        const message = parseMessage(text);
        if (message !== null) {
          hear({ type: 'message', message });
          if (message.type === 'session') {
            const label = source instanceof MediaStream ? (source.getVideoTracks()[0]?.label ?? '') : '';
            outbox.current.push(cameraLabel(label));
          }
        }
        if (isOver(session)) {
          clearInterval(timer);
        }
      },
      onClosed: (code) => hear({ type: 'closed', code }),
    });
    const sendFrame = async () => {
      const element = video.current;
      if (grabbing || element === null || !transport.wantsPicture() || !maySend(session, performance.now())) {
        return;
      }
      // A head that turns as asked may leave no face to be seen, and is to be seen turning.
      if (useless?.current === true && session.stage === 'looking' && session.script.length === 0) {
        return;
      }
      grabbing = true;
      try {
        const frame = await grabFrame(element, canvas);
        if (frame !== null && !left && transport.wantsPicture()) {
          transport.send(frame);
          hear({ type: 'sent', at: performance.now() });
        }
      } finally {
        grabbing = false;
      }
    };
    outbox.current = [];
    const timer = setInterval(() => {
      if (session.stage === 'looking') {
        outbox.current.splice(0).forEach((text) => transport.say(text));
      }
      void sendFrame();
    }, 40);

    setShown({ session: CONNECTING, way: null, of: attempt });
    return () => {
      left = true;
      clearInterval(timer);
      transport.close();
      wipe(canvas);
    };
  }, [department, username, kiosk, video, running, attempt, outbox, useless]);

  return shown.of === attempt ? shown : { session: CONNECTING, way: null };
}
