import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { EngineIdentity } from '../../../contracts/entities/engine.ts'
import type { Progress } from '../../../contracts/entities/generation.ts'
import { fromErrorBody, ProductError, type ErrorBody } from '../../../contracts/errors.ts'
import {
  imageCancelReplySchema,
  imageEventSchema,
  imageWorkerRoutes,
  type ImageEvent,
  type ImageRequest,
} from '../../../contracts/worker.ts'
import { currentRequestId } from '../../foundation/request-context.ts'
import { requestOfWorkerRequest } from '../../foundation/worker-log.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import type { MeasuredUse } from '../memory/memory-order.ts'
import type { WorkerProcess } from '../../supervision/worker-process.ts'

/** A picture as the engine made it. */
export interface MadePicture {
  readonly png: Buffer
  readonly width: number
  readonly height: number
  readonly engine: EngineIdentity
  /** What the engine took for it. */
  readonly used: MeasuredUse
}

/** A worker that has not stopped so long after it was asked to is killed; milliseconds. */
const cancelPatienceMs = 15_000

/** How long until a worker that did not know the request yet is asked once more; milliseconds. */
const askAgainMs = 50

/** One picture being made by the image worker. */
export class ImageTask {
  readonly #supervisor: Supervisor
  readonly #request: ImageRequest
  readonly #requestId = `${currentRequestId() ?? 'job'}.${randomUUID().slice(0, 8)}`
  readonly #abandoned = new AbortController()
  #worker: WorkerProcess | null = null
  #cancelled = false
  #ended = false

  constructor(supervisor: Supervisor, request: ImageRequest) {
    this.#supervisor = supervisor
    this.#request = request
  }

  /**
   * Makes the picture.
   *
   * @returns null when it was cancelled, and then the engine has stopped
   * @throws ProductError with what the worker said, or `worker_unavailable` when it died over it
   */
  async run(onProgress: (progress: Progress) => void): Promise<MadePicture | null> {
    try {
      this.#worker = await this.#supervisor.whenReady(this.#abandoned.signal)
      if (this.#cancelled) return null
      return await this.#engaged(this.#worker, onProgress)
    } catch (error) {
      // A worker that died took its engine with it: what was cancelled has stopped.
      if (this.#cancelled) return null
      throw error
    } finally {
      this.#ended = true
    }
  }

  /** Asks the engine to stop. `run` ends with null once it has. */
  async cancel(): Promise<void> {
    this.#cancelled = true
    const worker = this.#worker
    if (worker === null) return this.#abandoned.abort()
    const signal = AbortSignal.timeout(cancelPatienceMs)
    // The request may still be on its way: then the worker knows nothing of it yet, and would begin after all.
    while (!this.#ended && !(await this.#askToStop(worker, signal))) await wait(askAgainMs)
  }

  /** @returns false where the worker is not at work on this */
  async #askToStop(worker: WorkerProcess, signal: AbortSignal): Promise<boolean> {
    const options = {
      body: { request_id: this.#requestId },
      requestId: this.#requestId,
      signal,
      idempotent: true,
      timeoutMs: cancelPatienceMs,
    }
    const reply = await worker.calls.call('POST', imageWorkerRoutes.cancel, options).catch(() => null)
    const checked = imageCancelReplySchema.safeParse(reply)
    if (!checked.success) this.#supervisor.replace(worker)
    return !checked.success || checked.data.cancelled
  }

  /** Works in the name of the request: where the worker is lost over it, that is told with the request. */
  async #engaged(
    worker: WorkerProcess,
    onProgress: (progress: Progress) => void,
  ): Promise<MadePicture | null> {
    const release = this.#supervisor.engage(requestOfWorkerRequest(this.#requestId))
    try {
      const made = await this.#follow(worker, onProgress)
      release()
      return made
    } catch (error) {
      const isLost = error instanceof ProductError && error.code === 'worker_unavailable'
      if (!isLost) release()
      throw error
    }
  }

  async #follow(
    worker: WorkerProcess,
    onProgress: (progress: Progress) => void,
  ): Promise<MadePicture | null> {
    const options = { body: this.#request, requestId: this.#requestId }
    let picture: Extract<ImageEvent, { type: 'image' }> | null = null
    for await (const data of worker.calls.stream(imageWorkerRoutes.generate, options)) {
      const event = imageEventSchema.parse(data)
      if (event.type === 'progress') onProgress(event.progress)
      if (event.type === 'image') picture = event
      if (event.type === 'failed') throw failureOf(event.error)
      if (event.type === 'cancelled') return this.#stopped()
      if (event.type === 'completed' && picture !== null) {
        const { width, height, png_base64 } = picture
        const used = {
          engine: `${event.engine.name} ${event.engine.version}`,
          enginePeakBytes: event.engine_peak_bytes,
          devicePeakBytes: event.device_peak_bytes,
        }
        return { png: Buffer.from(png_base64, 'base64'), width, height, engine: event.engine, used }
      }
    }
    throw new ProductError('worker_unavailable', 'The image worker stopped in the middle of a picture.')
  }

  /** The engine says it was cancelled. Where nobody here asked for that, the picture has to be tried again. */
  #stopped(): null {
    if (this.#cancelled) return null
    throw new ProductError('worker_unavailable', 'The image worker was stopped in the middle of a picture.')
  }
}

/** What the worker says, under the request that people know. */
function failureOf(body: ErrorBody): ProductError {
  const { request_id: named } = body
  return fromErrorBody({ ...body, request_id: named === null ? null : requestOfWorkerRequest(named) })
}
