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
