/** Cuts a stream of bytes into lines without ever holding more than one line of bounded length. */
export class LineReader {
  readonly #longest: number
  readonly #onLine: (line: string) => void
  #parts: Buffer[] = []
  #length = 0

  /**
   * @param longest most bytes in a line
   * @param onLine takes each line, without its line break
   */
  constructor(longest: number, onLine: (line: string) => void) {
    this.#longest = longest
    this.#onLine = onLine
  }

  /** @throws RangeError where a line is longer than allowed */
  push(chunk: Buffer): void {
    let rest = chunk
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      this.#keep(rest.subarray(0, end))
      const line = Buffer.concat(this.#parts).toString()
      this.#parts = []
      this.#length = 0
      rest = rest.subarray(end + 1)
      this.#onLine(line)
    }
    if (rest.length > 0) this.#keep(rest)
  }

  #keep(part: Buffer): void {
    this.#length += part.length
    if (this.#length > this.#longest) throw new RangeError(`A line of more than ${this.#longest} bytes.`)
    this.#parts.push(part)
  }
}
