import { useEffect, useState, type RefObject } from 'react';
import { grabFrame, wipe } from '../capture/camera.ts';
import { advance, CONNECTING, isOver, maySend, type FaceEvent, type FaceSession } from './faceSession.ts';
import { cameraLabel, parseMessage, socketAddress } from './protocol.ts';

/** A server that has not opened a session by then will not. */
const OPEN_WITHIN_MS = 10_000;

/** Runs one attempt over the face-auth socket while `running`, with pictures from the video. A new `attempt` starts anew; what lies in the `outbox` is sent. */
export function useFaceSession(
  department: string,
  username: string,
  video: RefObject<HTMLVideoElement | null>,
  running: boolean,
  attempt: number,
  outbox: RefObject<string[]>,
): FaceSession {
  const [shown, setShown] = useState<FaceSession>(CONNECTING);

  useEffect(() => {
    if (!running) {
      return;
    }
    let session = CONNECTING;
    let grabbing = false;
    let left = false;
    const canvas = document.createElement('canvas');
    const socket = new WebSocket(socketAddress(window.location.origin, department, username));

    const hear = (event: FaceEvent) => {
      if (!left) {
        session = advance(session, event);
        setShown(session);
      }
    };
    const sendFrame = async () => {
      const element = video.current;
      // On a slow line the frame before may still be on its way when it has been given up.
      if (grabbing || element === null || socket.bufferedAmount > 0 || !maySend(session, performance.now())) {
        return;
      }
      grabbing = true;
      try {
        const frame = await grabFrame(element, canvas);
        if (frame !== null && !left && socket.readyState === WebSocket.OPEN) {
          socket.send(frame);
          hear({ type: 'sent', at: performance.now() });
        }
      } finally {
        grabbing = false;
      }
    };
    const say = () => {
      if (session.stage === 'looking' && socket.readyState === WebSocket.OPEN) {
        outbox.current.splice(0).forEach((text) => socket.send(text));
      }
    };
    outbox.current = [];
    const timer = setInterval(() => {
      say();
      void sendFrame();
    }, 40);
    const impatience = setTimeout(() => {
      if (session.stage === 'connecting') {
        hear({ type: 'closed', code: 1006 });
        socket.close();
      }
    }, OPEN_WITHIN_MS);

    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = parseMessage(event.data);
      if (message !== null) {
        hear({ type: 'message', message });
        if (message.type === 'session' && message.script.length > 0) {
          const stream = video.current?.srcObject;
          const label = stream instanceof MediaStream ? (stream.getVideoTracks()[0]?.label ?? '') : '';
          outbox.current.push(cameraLabel(label));
        }
      }
      if (isOver(session)) {
        clearInterval(timer);
      }
    });
    socket.addEventListener('close', (event) => hear({ type: 'closed', code: event.code }));

    setShown(CONNECTING);
    return () => {
      left = true;
      clearInterval(timer);
      clearTimeout(impatience);
      socket.close();
      wipe(canvas);
    };
  }, [department, username, video, running, attempt, outbox]);

  return shown;
}
