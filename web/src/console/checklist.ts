/** What a site has, as far as the first steps care. */
export interface Site {
  readonly departments: number;
  readonly people: number;
  readonly enrolled: number;
}

export interface FirstStep {
  readonly name: 'password' | 'department' | 'person' | 'enrolment';
  readonly done: boolean;
}

/**
 * The first steps of a new site, in order. It begins with one department, the administration, and one person in it; and nobody gets
 * this far with a one-time password.
 */
export function firstSteps(site: Site): readonly FirstStep[] {
  return [
    { name: 'password', done: true },
    { name: 'department', done: site.departments > 1 },
    { name: 'person', done: site.people > 1 },
    { name: 'enrolment', done: site.enrolled > 0 },
  ];
}

export function stepsLeft(steps: readonly FirstStep[]): number {
  return steps.filter((step) => !step.done).length;
}
