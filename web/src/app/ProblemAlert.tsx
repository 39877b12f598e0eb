import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemError, type Problem } from '../http/problem.ts';
import { adviceText } from '../words/advice.ts';
import type { Words } from '../words/en.ts';
import { problemsPtBR } from '../words/problems.pt-BR.ts';
import { useWords } from '../words/words.tsx';
import { IconAlert } from './icons.tsx';

/** What went wrong, with the server's own words where it gave any. */
export function ProblemAlert({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const words = useWords();
  const { title, detail, servers } = describe(problem, words);
  return (
    <Alert color="red" variant="light" radius="lg" title={title} icon={<IconAlert />} role="alert">
      {detail !== '' && <Text>{detail}</Text>}
      {servers !== undefined && <Text lang="en">{servers}</Text>}
      {problem.advice.map((advice) => (
        <Text key={advice.code}>{adviceText(words, advice)}</Text>
      ))}
      {children}
    </Alert>
  );
}

interface Described {
  readonly title: string;
  readonly detail: string;
  /** The server's sentence in English, beside ours in another language. */
  readonly servers?: string;
}

export function describe(problem: Problem, words: Words): Described {
  if (problem.status === 0) {
    return { title: words.problems.unreachable, detail: words.problems.unreachableDetail };
  }
  const known = words.locale === 'pt-BR' && Object.hasOwn(problemsPtBR, problem.kind) ? problemsPtBR[problem.kind] : undefined;
  if (known !== undefined) {
    const { title, detail, withServers = false } = known;
    if (problem.kind === 'too-many-attempts' && problem.retryAfter !== null) {
      return { title, detail: words.tryAgainIn(problem.retryAfter) };
    }
    return withServers && problem.detail !== '' ? { title, detail, servers: problem.detail } : { title, detail };
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
