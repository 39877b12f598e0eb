import { useLayoutEffect, useRef, type ReactNode } from 'react';
import classes from './Dialog.module.css';

const CONTROLS = ['input', 'select', 'textarea', 'button'].map((name) => `${name}:enabled`).join();

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
    if (element === null) {
      return;
    }
    // The first control may lie low, and the text before it is to be read first. Scrolling back does not help: WebKit scrolls to the focus
    // at some time after it was given. So the dialog itself has the focus, unless the first control is in sight.
    element.setAttribute('autofocus', '');
    element.showModal();
    const first = element.querySelector<HTMLElement>(CONTROLS);
    if (first !== null && first.getBoundingClientRect().bottom <= element.getBoundingClientRect().bottom) {
      first.focus();
    }
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      tabIndex={-1}
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
