/** Keeps the end of a process's error output, so that its failure can be explained. */
export class LastWords {
  #text = ''
  readonly #limit: number

  /** @param limit characters to keep */
  constructor(limit = 4000) {
    this.#limit = limit
  }

  add(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-this.#limit)
  }

  /** What was said last, or null when nothing was. */
  get text(): string | null {
    const trimmed = this.#text.trim()
    return trimmed === '' ? null : trimmed
  }
}

/** From here on a log line tells of a failure; the levels of pino. */
const errorLevel = 50

/**
 * What of a line of error output may explain a failure: of log lines the message of errors, for the others are in the log;
 * anything else as it is.
 */
export function lastWordIn(line: string): string | null {
  if (!line.startsWith('{')) return line
  try {
    const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown }
    return Number(level) >= errorLevel && typeof msg === 'string' ? msg : null
  } catch {
    return line
  }
}
