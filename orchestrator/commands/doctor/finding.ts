/** One thing that was looked at. */
export interface Finding {
  readonly subject: string
  /** `note` is worth knowing, `problem` keeps something from working. */
  readonly state: 'good' | 'note' | 'problem'
  readonly found: string
  /** What to do about it, as a sentence; null where nothing needs to be done. */
  readonly advice: string | null
}

export function good(subject: string, found: string): Finding {
  return { subject, state: 'good', found, advice: null }
}

export function note(subject: string, found: string, advice: string | null = null): Finding {
  return { subject, state: 'note', found, advice }
}

export function problem(subject: string, found: string, advice: string): Finding {
  return { subject, state: 'problem', found, advice }
}
