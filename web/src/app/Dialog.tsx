import { useLayoutEffect, useRef, type ReactNode } from 'react';
import classes from './Dialog.module.css';

interface DialogProps {
  readonly label: string;
  /** Asked for by the Escape key; without it the dialog stays. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: it holds the focus, hides the page from screen readers, and gives the focus back. */
export function Dialog({ label, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // What takes the focus may lie low: the text before it is to be read first.
    element?.scrollTo(0, 0);
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      {children}
    </dialog>
  );
}
