import { useWords } from '../words/words.tsx';
import type { Subject } from './api.ts';
import classes from './enrol.module.css';

/** How far a person's enrolment is. */
export function Status({ subject }: { subject: Subject }) {
  const w = useWords().enrol;
  const [kind, text] = !subject.active
    ? ['off', w.inactive]
    : subject.legal_basis === null
      ? ['open', w.basisMissing]
      : subject.enrolled_at === null
        ? ['open', w.notEnrolled]
        : ['done', w.enrolled];
  return (
    <span className={classes.status} data-kind={kind}>
      {text}
    </span>
  );
}
