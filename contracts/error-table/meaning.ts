/** What one kind of failure means to a caller: its HTTP status, whether trying again may help, and what a person can do. */
export interface ErrorMeaning {
  /** HTTP status of a reply that carries this error. */
  readonly status: number
  /** True where the same call may succeed later without any change. */
  readonly retryable: boolean
  /** What happened, where the place that raised the error has nothing more exact to say. */
  readonly summary: string
  /** What a person can do about it, as one sentence. */
  readonly advice: string
}

/** Writes one line of the table. */
export function meaning(status: number, retryable: boolean, summary: string, advice: string): ErrorMeaning {
  return { status, retryable, summary, advice }
}
