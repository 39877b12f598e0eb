import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemError, type Problem } from '../http/problem.ts';
import { adviceText } from '../words/advice.ts';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/words.tsx';
import { IconAlert } from './icons.tsx';

/** What went wrong, with the server's own words where it gave any. */
export function ProblemAlert({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const words = useWords();
  const { title, detail } = describe(problem, words);
  return (
    <Alert color="red" variant="light" radius="lg" title={title} icon={<IconAlert />} role="alert">
      {detail !== '' && <Text>{detail}</Text>}
      {problem.advice.map((advice) => (
        <Text key={advice.code}>{adviceText(words, advice)}</Text>
      ))}
      {children}
    </Alert>
  );
}

export function describe(problem: Problem, words: Words): { title: string; detail: string } {
  if (problem.status === 0) {
    return { title: words.problems.unreachable, detail: words.problems.unreachableDetail };
  }
  if (problem.status === 403 && problem.title === '') {
    return { title: words.problems.forbidden, detail: words.problems.forbiddenDetail };
  }
  if (problem.title === '') {
    return { title: words.problems.fault, detail: problem.detail || words.problems.faultDetail };
  }
  return { title: problem.title, detail: problem.detail === problem.title ? '' : problem.detail };
}

/** The problem in anything thrown; what is not one of the server's answers is a fault. */
export function problemIn(error: unknown): Problem {
  return error instanceof ProblemError
    ? error.problem
    : { status: -1, kind: '', title: '', detail: '', advice: [], retryAfter: null, body: null };
}
