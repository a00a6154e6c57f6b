/** How often a process may fail before it is given up, and how long to wait in between. Times in milliseconds. */
export interface RestartLimits {
  readonly failures: number
  readonly windowMs: number
  readonly firstDelayMs: number
  readonly longestDelayMs: number
}

export const defaultRestartLimits: RestartLimits = {
  failures: 5,
  windowMs: 60_000,
  firstDelayMs: 500,
  longestDelayMs: 30_000,
}

/** What to do after a failure. */
export type RestartDecision =
  { readonly action: 'restart'; readonly delayMs: number } | { readonly action: 'give-up' }

/**
 * Decides about a process that failed. Failures beyond the window are forgotten, so a process that ran well for a
 * while starts over with a short delay; the delay doubles with each failure inside the window.
 *
 * @param failureTimes when it failed, oldest first, the latest included; milliseconds
 */
export function decideRestart(
  failureTimes: readonly number[],
  limits = defaultRestartLimits,
): RestartDecision {
  const latest = failureTimes.at(-1) ?? 0
  const recent = failureTimes.filter((time) => time > latest - limits.windowMs).length
  if (recent >= limits.failures) return { action: 'give-up' }
  const delayMs = Math.min(limits.firstDelayMs * 2 ** Math.max(0, recent - 1), limits.longestDelayMs)
  return { action: 'restart', delayMs }
}
