import { Alert, Button, FileButton, Text, Title } from '@mantine/core';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { IconAlert, IconFace, IconUpload } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { toJpeg, wipe } from '../capture/camera.ts';
import { RememberChoice } from '../capture/RememberChoice.tsx';
import type { Problem } from '../http/problem.ts';
import { useWords } from '../words/words.tsx';
import { check, enrol, verdictsIn, type Enrolled, type Subject, type Verdict } from './api.ts';
import classes from './enrol.module.css';
import { GuidedCamera } from './GuidedCamera.tsx';
import { useOfficer } from './officer.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { FEWEST, goodOnes, MOST, photosAfter, SHOTS } from './photos.ts';

/** From five photos on a template is reliable over days and light. */
const ADVISED = 5;
/** Large photos are sent smaller: twenty of them have to fit into one request of 10 MB. */
const LONGEST_SIDE = 1600;

interface CaptureProps {
  readonly subject: Subject;
  readonly onEnrolled: (enrolled: Enrolled) => void;
  readonly onBasisMissing: () => void;
}

/** Photos by camera or upload, each with its verdict, until there are enough to enrol with. */
export function Capture({ subject, onEnrolled, onBasisMissing }: CaptureProps) {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const [photos, tell] = useReducer(photosAfter, []);
  const [camera, setCamera] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [fileError, setFileError] = useState<string | null>(null);
  const next = useRef(0);
  const urls = useRef(new Set<string>());
  const good = goodOnes(photos);

  // The pictures are given up with the page, at the latest.
  useEffect(() => {
    const held = urls.current;
    return () => {
      held.forEach((url) => URL.revokeObjectURL(url));
      held.clear();
    };
  }, []);

  const add = useCallback((jpeg: Blob, verdict: Verdict | null): number => {
    const id = next.current++;
    const url = URL.createObjectURL(jpeg);
    urls.current.add(url);
    tell({ type: 'added', photo: { id, jpeg, url, verdict } });
    return id;
  }, []);
  const remove = (id: number) => {
    const url = photos.find((photo) => photo.id === id)?.url;
    if (url !== undefined) {
      URL.revokeObjectURL(url);
      urls.current.delete(url);
    }
    tell({ type: 'removed', id });
  };
  const addFiles = async (files: File[]) => {
    setFileError(null);
    setProblem(null);
    if (photos.length + files.length > MOST) {
      setFileError(w.tooMany(MOST));
    }
    const added: { id: number; jpeg: Blob }[] = [];
    for (const file of files.slice(0, MOST - photos.length)) {
      const jpeg = await asJpeg(file);
      if (jpeg === null) {
        setFileError(`${file.name}: ${w.notAnImage}`);
      } else {
        added.push({ id: add(jpeg, null), jpeg });
      }
    }
    for (const { id, jpeg } of added) {
      try {
        tell({ type: 'judged', id, verdict: await check(call, jpeg) });
      } catch (thrown) {
        setProblem(problemIn(thrown));
        // A photo that nobody looked at must not hold up the others.
        tell({ type: 'removed', id });
      }
    }
  };
  const submit = async (distinct: boolean) => {
    setBusy(true);
    setProblem(null);
    setCamera(false);
    try {
      onEnrolled(await enrol(call, subject, good.map((photo) => photo.jpeg), distinct));
    } catch (thrown) {
      const found = problemIn(thrown);
      tell({ type: 'answered', sent: good.map((photo) => photo.id), verdicts: verdictsIn(found.body) });
      setProblem(found);
      setBusy(false);
      if (found.kind === 'no-legal-basis') {
        onBasisMissing();
      }
    }
  };
  const onShot = useCallback((jpeg: Blob, verdict: Verdict) => void add(jpeg, verdict), [add]);
  const onDone = useCallback(() => setCamera(false), []);

  return (
    <div className={classes.capture}>
      <div className={camera ? undefined : `card padded ${classes.invite}`}>
        {camera ? (
          <GuidedCamera onShot={onShot} onDone={onDone} />
        ) : (
          <>
            <span className={classes.face}>
              <IconFace size={72} />
            </span>
            <Title order={2}>{good.length >= SHOTS.length ? w.allTaken : w.photosTitle}</Title>
            <Text c="dimmed">{w.photosLead}</Text>
            <div className={`actions ${classes.inviteActions}`}>
              <Button size="xl" variant={good.length >= FEWEST ? 'default' : 'filled'} onClick={() => setCamera(true)}>
                {w.openCamera}
              </Button>
              <FileButton multiple accept="image/jpeg,image/png,image/webp,image/heic" onChange={(files) => void addFiles(files)}>
                {(props) => (
                  <Button {...props} size="xl" variant="default" leftSection={<IconUpload />}>
                    {w.uploadPhotos}
                  </Button>
                )}
              </FileButton>
            </div>
            <div className={classes.remember}>
              <RememberChoice />
            </div>
          </>
        )}
      </div>
      <div className={`card padded ${classes.results}`}>
        <Title order={2} size="h3">
          {w.photos}
        </Title>
        {fileError !== null && (
          <Alert color="red" radius="lg" role="alert">
            {fileError}
          </Alert>
        )}
        {problem?.kind === 'possible-duplicate' ? (
          <Alert color="orange" radius="lg" title={w.duplicateTitle} icon={<IconAlert />} role="alert">
            <Text mb="md">{w.duplicateText}</Text>
            <Button variant="default" size="lg" loading={busy} onClick={() => void submit(true)}>
              {w.distinct}
            </Button>
          </Alert>
        ) : (
          problem !== null && <ProblemAlert problem={problem} />
        )}
        <PhotoGrid photos={photos} onRemove={remove} />
        <Text c="dimmed" role="status">
          {good.length < FEWEST ? w.needMore(FEWEST - good.length) : good.length < ADVISED ? w.adviseMore : ''}
        </Text>
        <Button
          size="xl"
          fullWidth
          loading={busy}
          disabled={good.length < FEWEST || photos.some((photo) => photo.verdict === null)}
          onClick={() => void submit(false)}
        >
          {good.length < FEWEST ? w.submit : w.submitCount(good.length)}
        </Button>
      </div>
    </div>
  );
}

/** Any picture that the browser can read, upright and without its metadata; null for what it cannot. */
async function asJpeg(file: File): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  let picture: ImageBitmap | null = null;
  try {
    picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    return await toJpeg(picture, Math.round(picture.width * scale), Math.round(picture.height * scale), canvas);
  } catch {
    return null;
  } finally {
    picture?.close();
    wipe(canvas);
  }
}
