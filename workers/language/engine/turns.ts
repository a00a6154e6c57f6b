import { ProductError } from '../../../contracts/errors.ts'

/** Lets one piece of work at a time use the model; the others wait in the order in which they came. */
export class Turns {
  readonly #closed = new AbortController()
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #running = 0

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting
  }

  get isBusy(): boolean {
    return this.#running > 0
  }

  get isClosed(): boolean {
    return this.#closed.signal.aborted
  }

  /**
   * Does some work when its turn has come.
   *
   * @param work gets a signal that ends it when the caller goes away or the worker stops
   * @throws ProductError `shutting_down` after `close`, `cancelled` where the caller went away before its turn
   */
  async take<Result>(
    signal: AbortSignal | null,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const over = signal === null ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal])
    const before = this.#last
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    this.#last = before.then(() => done)
    this.#waiting += 1
    try {
      await before
    } finally {
      this.#waiting -= 1
    }
    try {
      if (this.isClosed) throw new ProductError('shutting_down')
      if (over.aborted) throw new ProductError('cancelled')
      this.#running += 1
      return await work(over).finally(() => (this.#running -= 1))
    } finally {
      finish()
    }
  }

  /** Takes no new work, ends what is under way, and waits for its end. */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.#last
  }
}
