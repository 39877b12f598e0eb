/** What somebody chose, or what was found out, in this browser. */
export interface Choices {
  readonly department?: string;
  /** The identifier of a camera. */
  readonly camera?: string;
  readonly muted?: boolean;
  /** When live video did not arrive, in milliseconds. */
  readonly videoFailedAt?: number;
}

const KEPT_AS = 'vultus.remembered';

/** Where nothing may be remembered a choice lasts as long as the page. */
let ofPage: Choices = {};

/** Whether the person allowed this browser to remember. */
export function remembers(): boolean {
  return stored() !== null;
}

/** Allows it, for what was chosen so far and what follows; or forgets all of it at once. */
export function remember(allowed: boolean): void {
  if (allowed) {
    write(kept());
  } else {
    ofPage = kept();
    try {
      localStorage.removeItem(KEPT_AS);
    } catch {
      // Nothing can have been stored.
    }
  }
}

export function kept(): Choices {
  return stored() ?? ofPage;
}

export function keep(choice: Choices): void {
  const remembered = remembers();
  ofPage = { ...kept(), ...choice };
  if (remembered) {
    write(ofPage);
  }
}

function write(choices: Choices): void {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(choices));
  } catch {
    // Private windows may refuse; asked again next time.
  }
}

function stored(): Choices | null {
  try {
    const json: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null');
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}
