import { stripVTControlCharacters } from 'node:util'

/** What the program prints: lines of its log, and progress bars, which are the only way to learn how far it is. */
export type Spoken =
  | { readonly type: 'log'; readonly level: number; readonly text: string }
  /** A step of sampling, or a tile of a tiled VAE. */
  | { readonly type: 'tick'; readonly step: number; readonly total: number }
  /** A share of the weights has been read. */
  | { readonly type: 'weights' }

/** More than any line of the log; what is longer is no line that we look for. */
const longestLine = 64 * 1024

/** `  |=====>    | 2/4 - 1.20s/it`: drawn with `=` for steps and tiles, with `#` for weights. */
const bar = /^\s*\|([=#> ]*)\|\s*(\d+)\/(\d+)/

/** A bar up to its speed, the last that is drawn of it. */
const wholeBar = /^\s*\|[=#> ]*\|\s*\d+\/\d+ - [\d.]+\w*\/(it|s)/

/** Cuts what the program prints into log lines and progress. Bars end with a carriage return, lines with a line feed. */
export class OutputReader {
  readonly #tell: (spoken: Spoken) => void
  #rest = ''
  /** The bar in the rest has been told already: its line ends only when the next one is drawn. */
  #toldEarly = false

  constructor(tell: (spoken: Spoken) => void) {
    this.#tell = tell
  }

  push(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]/)
    const rest = (lines.pop() ?? '').slice(-longestLine)
    for (const line of lines) this.#finish(line)
    this.#rest = rest
    if (this.#toldEarly || !wholeBar.test(stripVTControlCharacters(rest))) return
    this.#read(rest)
    this.#toldEarly = true
  }

  /** Reads what came last, where the program ended in the middle of a line. */
  end(): void {
    this.#finish(this.#rest)
    this.#rest = ''
  }

  #finish(line: string): void {
    if (!this.#toldEarly) this.#read(line)
    this.#toldEarly = false
  }

  #read(line: string): void {
    const text = stripVTControlCharacters(line).trimEnd()
    if (text.trim() === '') return
    const drawn = bar.exec(text)
    if (drawn === null) this.#tell({ type: 'log', level: 2, text })
    else if (drawn[1]?.includes('#') === true) this.#tell({ type: 'weights' })
    else this.#tell({ type: 'tick', step: Number(drawn[2]), total: Number(drawn[3]) })
  }
}
