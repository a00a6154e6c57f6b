/**
 * What a person sees of the setup. Everything goes to stderr: stdout belongs to the command that is
 * about to run, which may be speaking JSON to another program.
 */

/** @param {string} sentence */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

/** A failure a person can act on: shown as its message alone, without a stack. */
export class SetupError extends Error {
  constructor(/** @type {string} */ message) {
    super(message)
    this.name = 'SetupError'
  }
}

/**
 * The last lines of a program's output, where the reason of a failure almost always stands.
 *
 * @param {string} output
 * @param {number} [lines]
 */
export function tail(output, lines = 15) {
  return output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `  ${line}`)
    .join('\n')
}
