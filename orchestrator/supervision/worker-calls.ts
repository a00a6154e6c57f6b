import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel'
import { ProductError } from '../../contracts/errors.ts'
import { callWorker, streamFromWorker, type CallOptions, type WorkerEndpoint } from './worker-connection.ts'

/** How patient calls are. Times in milliseconds. */
export interface CallLimits {
  /** How long one try may take, unless the call says otherwise. */
  readonly timeoutMs: number
  /** How often a call that may be repeated is tried again. */
  readonly retries: number
  readonly firstDelayMs: number
  /** So many calls in a row without an answer, and the worker is asked no more: it has to be replaced. */
  readonly failures: number
  /** How long it is not asked then, should it still be there. */
  readonly restMs: number
}

export const defaultCallLimits: CallLimits = {
  timeoutMs: 30_000,
  retries: 2,
  firstDelayMs: 50,
  failures: 5,
  restMs: 5000,
}

type Options = CallOptions & {
  /** True where doing it twice is the same as once, so that a lost answer is asked for again. Reading always is. */
  readonly idempotent?: boolean
  readonly timeoutMs?: number
}

/** Calls one worker process with bounded patience, and gives up one that does not answer. */
export class WorkerCalls {
  readonly #name: string
  readonly #endpoint: WorkerEndpoint
  readonly #limits: CallLimits
  readonly #breaker
  readonly #retry

  /** @param name of the worker, for what people read */
  constructor(name: string, endpoint: WorkerEndpoint, limits = defaultCallLimits) {
    this.#name = name
    this.#endpoint = endpoint
    this.#limits = limits
    const unanswered = handleWhen(isUnanswered)
    this.#breaker = circuitBreaker(unanswered, {
      halfOpenAfter: limits.restMs,
      breaker: new ConsecutiveBreaker(limits.failures),
    })
    const backoff = new ExponentialBackoff({ initialDelay: limits.firstDelayMs, maxDelay: 1000 })
    this.#retry = retry(unanswered, { maxAttempts: limits.retries, backoff })
  }

  /** Calls back when so many calls in a row went without an answer that the worker is asked no more. */
  onBroken(callback: () => void): void {
    this.#breaker.onBreak(callback)
  }

  /**
   * Calls the worker and gives its JSON reply, unchecked.
   *
   * @throws ProductError with the worker's own code, or `worker_unavailable` where it does not answer in time
   */
  async call(method: 'GET' | 'POST', path: string, options: Options): Promise<unknown> {
    const mayRepeat = method === 'GET' || options.idempotent === true
    const policy = mayRepeat ? wrap(this.#retry, this.#breaker) : this.#breaker
    return this.#translating(() =>
      policy.execute(() => this.#callInTime(method, path, options), options.signal),
    )
  }

  /** Begins long work, and gives the data of each event of the reply. Never repeated: who asked decides about that. */
  async *stream(path: string, options: Options): AsyncGenerator {
    const events = streamFromWorker(this.#endpoint, path, options)
    const first = await this.#translating(() => this.#breaker.execute(() => events.next()))
    if (first.done === true) return
    yield first.value
    yield* events
  }

  /** One try. The library's own limit of time cannot tell a call that took too long from one that was called off. */
  async #callInTime(method: 'GET' | 'POST', path: string, options: Options): Promise<unknown> {
    const late = AbortSignal.timeout(options.timeoutMs ?? this.#limits.timeoutMs)
    const signal = options.signal === undefined ? late : AbortSignal.any([options.signal, late])
    try {
      return await callWorker(this.#endpoint, method, path, { ...options, signal })
    } catch (error) {
      const isLate = late.aborted && options.signal?.aborted !== true
      throw isLate ? this.#unavailable('did not answer in time', late.reason) : error
    }
  }

  /** What the policies throw, in the words of the table of errors. */
  async #translating<Result>(run: () => Promise<Result>): Promise<Result> {
    try {
      return await run()
    } catch (cause) {
      if (cause instanceof BrokenCircuitError)
        throw this.#unavailable('does not answer and is being replaced', cause)
      throw cause
    }
  }

  #unavailable(what: string, cause: unknown): ProductError {
    return new ProductError('worker_unavailable', `The ${this.#name} worker ${what}.`, {
      details: { worker: this.#name },
      cause,
    })
  }
}

/** True where the worker said nothing at all; a refusal is an answer, and a call that was called off proves nothing. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof ProductError) || error.code !== 'worker_unavailable') return false
  return !(error.cause instanceof Error && error.cause.name === 'AbortError')
}
