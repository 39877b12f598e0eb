import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { IconAlert } from '../app/icons.tsx';
import classes from './console.module.css';
import { useConsoleWords } from './words.ts';

interface OnceProps {
  readonly title: string;
  readonly text: string;
  readonly secret: string | null;
  readonly onClose: () => void;
}

/** A secret that the server tells once. Escape does not close it: a slip must not lose it. */
export function Once({ title, text, secret, onClose }: OnceProps) {
  const w = useConsoleWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret ?? '');
      setCopied(true);
    } catch {
      // Without the permission the secret can still be marked and copied by hand.
    }
  };
  return (
    <Dialog label={title}>
      <Title order={2} size="h3" mb="xs">
        {title}
      </Title>
      {secret !== null && (
        <div className={classes.secret}>
          <span>
            <IconAlert size={18} /> {w.onceTitle}
          </span>
          <code>{secret}</code>
          <Button variant="default" onClick={() => void copy()}>
            {copied ? w.copied : w.copy}
          </Button>
          <span className="visually-hidden" role="status">
            {copied ? w.copied : ''}
          </span>
        </div>
      )}
      <Text mb="lg">{text}</Text>
      <Button size="lg" fullWidth onClick={onClose}>
        {w.done}
      </Button>
    </Dialog>
  );
}
