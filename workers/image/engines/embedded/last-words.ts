import { stripVTControlCharacters } from 'node:util'

/** Keeps the end of what a process wrote, to say why it died. */
export class LastWords {
  readonly #limit: number
  #text = ''

  /** @param limit most characters to keep */
  constructor(limit = 8192) {
    this.#limit = limit
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#limit)
  }

  /** What was kept, without the progress bars, colours and other control characters terminals get. */
  toString(): string {
    return this.#text
      .split(/[\r\n]+/)
      .map((line) => stripVTControlCharacters(line))
      .filter((line) => line.trim() !== '' && !isNoise(line))
      .join('\n')
  }
}

/** Progress bars, and the addon's list of the GPU libraries it looked for. */
function isNoise(line: string): boolean {
  return /^\s*\|[=#> ]*\|/.test(line) || line.startsWith('ggml_backend_load_best:')
}
