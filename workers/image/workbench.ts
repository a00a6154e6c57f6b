import type { Progress } from '../../contracts/entities/generation.ts'
import { ProductError } from '../../contracts/errors.ts'

/** How work can end. */
export type Outcome = 'completed' | 'failed' | 'cancelled'

/** The one piece of work that is under way. */
export interface Work {
  readonly requestId: string
  readonly signal: AbortSignal
  /** How far it is, for whoever asks for the worker's health. */
  progress: Progress | null
}

interface CurrentWork extends Work {
  readonly controller: AbortController
  readonly ended: Promise<Outcome>
}

/** Holds at most one piece of work, and knows how to have it cancelled. */
export class Workbench {
  #current: CurrentWork | null = null
  #closed = false

  get current(): Work | null {
    return this.#current
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /**
   * Does one piece of work.
   *
   * @param perform tells how it ended
   * @throws ProductError `worker_busy` where another is under way, `shutting_down` after `close`; else what `perform` throws
   */
  async run(requestId: string, perform: (work: Work) => Promise<Outcome>): Promise<Outcome> {
    if (this.#closed) throw new ProductError('shutting_down')
    if (this.#current !== null) throw new ProductError('worker_busy')
    const controller = new AbortController()
    const { promise: ended, resolve: end } = Promise.withResolvers<Outcome>()
    const work: CurrentWork = { requestId, signal: controller.signal, progress: null, controller, ended }
    this.#current = work
    let outcome: Outcome | undefined
    try {
      outcome = await perform(work)
      return outcome
    } finally {
      this.#current = null
      end(outcome ?? (controller.signal.aborted ? 'cancelled' : 'failed'))
    }
  }

  /**
   * Cancels the work of a request and waits until it has ended.
   *
   * @returns false where no such work is under way, or it ended otherwise before it could be cancelled
   */
  async cancel(requestId: string): Promise<boolean> {
    const work = this.#current
    if (work === null || work.requestId !== requestId) return false
    work.controller.abort()
    return (await work.ended) === 'cancelled'
  }

  /** Takes no new work, cancels what is under way, and waits for its end. */
  async close(): Promise<void> {
    this.#closed = true
    this.#current?.controller.abort()
    await this.#current?.ended
  }
}
