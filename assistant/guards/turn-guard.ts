import { createHash } from 'node:crypto'
import type { Config } from '../../contracts/config.ts'
import { ProductError, type ErrorBody } from '../../contracts/errors.ts'

/** After so many refusals the turn is over, whatever the model says: it does not listen. */
const mostRefusals = 3

/** What one turn may do. It counts the calls of one turn, so each turn has its own. */
export class TurnGuard {
  readonly #limits: Config['assistant']
  readonly #made = new Set<string>()
  #calls = 0
  #images = 0
  #refusals = 0
  #lastRefusal: ErrorBody | null = null

  constructor(limits: Config['assistant']) {
    this.#limits = limits
  }

  /** True where the model has to answer in words now. */
  get mustAnswer(): boolean {
    return this.#calls >= this.#limits.tool_calls_per_turn || this.#refusals >= mostRefusals - 1
  }

  /** True where it was told to stop so often that there is no use in asking again. */
  get isOver(): boolean {
    return this.#refusals >= mostRefusals
  }

  /**
   * Lets a call in, or not.
   *
   * @throws ProductError `turn_call_limit`, `turn_call_repeated` or `turn_image_limit`
   */
  admit(tool: string, input: Readonly<Record<string, unknown>>): void {
    const { tool_calls_per_turn: mostCalls, images_per_turn: mostImages } = this.#limits
    if (this.#calls >= mostCalls)
      throw new ProductError(
        'turn_call_limit',
        `The assistant has made ${mostCalls} tool calls in this turn.`,
      )
    const call = hashOf([tool, input])
    if (this.#made.has(call)) throw new ProductError('turn_call_repeated')
    const wanted = imagesOf(tool, input)
    if (this.#images + wanted > mostImages)
      throw new ProductError(
        'turn_image_limit',
        `The assistant may make ${mostImages} pictures in one turn; it has asked for ${this.#images} and asks for ${wanted} more.`,
      )
    this.#calls += 1
    this.#images += wanted
    this.#made.add(call)
  }

  /** What it was told last to stop. */
  get lastRefusal(): ErrorBody | null {
    return this.#lastRefusal
  }

  /** Notes that the model was told to stop something. */
  refused(error: ErrorBody): void {
    this.#refusals += 1
    this.#lastRefusal = error
  }
}

function imagesOf(tool: string, { count, estimate }: Readonly<Record<string, unknown>>): number {
  if (tool !== 'generate' || estimate === true) return 0
  return typeof count === 'number' && Number.isFinite(count) ? Math.max(1, Math.ceil(count)) : 1
}

function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value, (_, field: unknown) => sorted(field)))
    .digest('hex')
}

/** The same arguments in another order are the same call. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
