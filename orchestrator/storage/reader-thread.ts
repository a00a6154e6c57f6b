import { Worker } from 'node:worker_threads'
import { fromErrorBody, ProductError, type ErrorBody } from '../../contracts/errors.ts'
import type { ReaderOperation, ReaderReply, ReaderRequest } from './search/reader-operations.ts'

/** What is sent to the thread. */
export interface ReaderQuestion {
  readonly id: number
  readonly operation: ReaderOperation
  readonly request: unknown
}

/** What comes back: a reply, a foreseen failure, or the words of a bug. */
export type ReaderAnswer =
  | { readonly id: number; readonly reply: unknown }
  | { readonly id: number; readonly error: ErrorBody }
  | { readonly id: number; readonly bug: string }

interface Waiting {
  readonly question: ReaderQuestion
  readonly resolve: (reply: never) => void
  readonly reject: (error: Error) => void
  /** How many threads died over it. */
  deaths: number
}

/** A question that two threads died over will not be put to a third. */
const deathsAllowed = 1

const entry = new URL('./reader-thread-entry.ts', import.meta.url)

/**
 * A read-only connection in a thread of its own, for queries that would keep everyone waiting. It starts with the first
 * question. Should it die, the next one takes over what was not answered.
 */
export class ReaderThread {
  readonly #path: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #closing: Promise<unknown> | null = null
  #lastId = 0

  /** @param path the database, which has been checked and migrated */
  constructor(path: string) {
    this.#path = path
  }

  /**
   * Asks for one thing; answers come in the order of the questions.
   *
   * @throws ProductError `search_unavailable` where threads keep dying over it, `shutting_down` after `close`, and what
   *   the storage throws
   */
  ask<Name extends ReaderOperation>(
    operation: Name,
    request: ReaderRequest<Name>,
  ): Promise<ReaderReply<Name>> {
    if (this.#closing !== null) return Promise.reject(new ProductError('shutting_down'))
    return new Promise((resolve, reject) => {
      this.#lastId += 1
      this.#send({ question: { id: this.#lastId, operation, request }, resolve, reject, deaths: 0 })
    })
  }

  /** Ends the thread; what it was still asked is refused. */
  async close(): Promise<void> {
    this.#closing ??= this.#worker?.terminate() ?? Promise.resolve()
    this.#refuseAll(new ProductError('shutting_down'))
    await this.#closing
  }

  #send(waiting: Waiting): void {
    this.#waiting.set(waiting.question.id, waiting)
    this.#worker ??= this.#start()
    // A thread without work keeps no process alive.
    this.#worker.ref()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(waiting.question)
  }

  #start(): Worker {
    const worker = new Worker(entry, { workerData: { path: this.#path }, name: 'reader' })
    let cause: unknown
    worker.on('message', (answer: ReaderAnswer) => this.#settle(answer))
    worker.on('error', (error) => (cause = error))
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null
      if (this.#closing === null) this.#takeOver(cause)
    })
    return worker
  }

  #settle(answer: ReaderAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (this.#waiting.size === 0) this.#worker?.unref()
    if (waiting === undefined) return
    if ('reply' in answer) waiting.resolve(answer.reply as never)
    else if ('error' in answer) waiting.reject(fromErrorBody(answer.error))
    else waiting.reject(new Error(answer.bug))
  }

  /** Only the question a thread was at can have killed it: the oldest one. */
  #takeOver(cause: unknown): void {
    const [oldest, ...others] = this.#waiting.values()
    if (oldest === undefined) return
    this.#waiting.clear()
    oldest.deaths += 1
    if (oldest.deaths > deathsAllowed)
      oldest.reject(new ProductError('search_unavailable', undefined, { cause }))
    else this.#send(oldest)
    for (const waiting of others) this.#send(waiting)
  }

  #refuseAll(error: ProductError): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
