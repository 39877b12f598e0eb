import { Button, Text, Title } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { Show } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import classes from './presence.module.css';
import { usePresenceWords } from './words.ts';

interface PictureProps {
  readonly who: string;
  /** When the punch was taken. ISO 8601 on the clock of the place. */
  readonly at: string;
  /** Whether it is one's own. */
  readonly own?: boolean;
  readonly load: () => Promise<Blob>;
  readonly onClose: () => void;
}

/** The picture that was kept with a punch. It is in this page alone, and gone with the dialog. */
export function Picture({ who, at, own = false, load, onClose }: PictureProps) {
  const w = usePresenceWords();
  const { locale } = useWords();
  const picture = useLoaded(useCallback(() => load(), [load]));
  // The time as it stands there, not on this browser's clock.
  const when = new Date(`${at.slice(0, 19)}Z`).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return (
    <Dialog label={w.pictureTitle(who)} onClose={onClose}>
      <Title order={2} size="h3" mb="xs">
        {w.pictureTitle(who)}
      </Title>
      <Text mb="md">
        <time dateTime={at}>{when}</time>
      </Text>
      <div className={classes.frame}>
        <Show loaded={picture}>{(blob) => <Shown blob={blob} alt={w.pictureAlt(who, when)} />}</Show>
      </div>
      <Text my="md" c="dimmed">
        {own ? w.pictureOwn : w.pictureRecorded}
      </Text>
      <Button size="lg" fullWidth onClick={onClose}>
        {w.close}
      </Button>
    </Dialog>
  );
}

function Shown({ blob, alt }: { blob: Blob; alt: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address === null ? null : <img className={classes.picture} src={address} alt={alt} />;
}
