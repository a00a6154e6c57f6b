/**
 * The requests a worker is at work on, so that its end can be told of to those it concerns. The end of a connection is
 * noticed before the end of the process: a request that was cut off stays concerned until the process is accounted for.
 */
export class ConcernedRequests {
  readonly #requests = new Map<symbol, string>()

  /** The request ids, the oldest first, each once. */
  get ids(): string[] {
    return [...new Set(this.#requests.values())]
  }

  /**
   * Notes that the worker works for a request.
   *
   * @returns to be called once the worker itself has said how the work ended
   */
  add(requestId: string): () => void {
    const work = Symbol(requestId)
    this.#requests.set(work, requestId)
    return () => void this.#requests.delete(work)
  }

  /** Takes all: the process is gone, and it was told to whom that matters. */
  take(): string[] {
    const { ids } = this
    this.#requests.clear()
    return ids
  }
}
