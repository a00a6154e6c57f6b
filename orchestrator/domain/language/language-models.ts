import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { ProductError } from '../../../contracts/errors.ts'
import type { LanguageEndpoint } from '../../../contracts/language.ts'
import {
  languageWorkerRoutes,
  languageWorkerHealthSchema,
  type LanguageModelSpecification,
} from '../../../contracts/language-worker.ts'
import { workerRoutes } from '../../../contracts/worker.ts'
import { currentRequestId } from '../../foundation/request-context.ts'
import { callWorker } from '../../supervision/worker-connection.ts'
import { fetchFromWorker, replyWithError } from '../../supervision/worker-fetch.ts'
import type { WorkerProcess } from '../../supervision/worker-process.ts'
import type { LanguagePresets, UsablePreset } from './language-presets.ts'
import { remoteEndpoint } from './remote-endpoint.ts'
import { withDefaults } from './request-defaults.ts'
import type { LanguageSupervisor } from './supervise-language-worker.ts'

/** No such host is ever asked for: requests to it go to the worker, wherever that listens. */
const workerOrigin = 'http://language-worker.invalid'

/** How long it takes at most until the end of a process is noticed; milliseconds. */
const noticeMs = 500

interface LanguageModelsParts {
  readonly presets: LanguagePresets
  readonly supervisor: LanguageSupervisor
}

/** The language model in use, made ready when it is needed. */
export class LanguageModels {
  readonly #parts: LanguageModelsParts

  constructor(parts: LanguageModelsParts) {
    this.#parts = parts
  }

  /**
   * Where a language model answers; its worker runs and has loaded it then.
   *
   * @param id the preset; the chosen one if left out
   * @throws ProductError what is wrong with the preset or its file, `worker_unavailable`, `worker_failed`,
   * `language_engine_failed`
   */
  async endpoint(signal?: AbortSignal, id?: string): Promise<LanguageEndpoint> {
    const preset = await this.#parts.presets.requireUsable(id)
    if (preset.kind === 'remote') return remoteEndpoint(preset.stored)
    await this.#ready(preset.specification, signal)
    return this.#localEndpoint(preset)
  }

  /** Has the worker give up its context, which the next request builds again. Bytes that came free, as it reckons. */
  async purgeContext(): Promise<number> {
    return this.#release(languageWorkerRoutes.purgeContext, ({ language }) => language.context_bytes)
  }

  /** Has the worker give up the model, which the next request loads again. Bytes that came free, as it reckons. */
  async unload(): Promise<number> {
    return this.#release(
      workerRoutes.unload,
      ({ language, models }) => language.context_bytes + models.reduce((sum, { bytes }) => sum + bytes, 0),
    )
  }

  #localEndpoint({ kind, specification, settings }: Extract<UsablePreset, { kind: 'built_in' | 'gguf' }>) {
    const ready = (signal?: AbortSignal) => this.#ready(specification, signal)
    const endpoint: LanguageEndpoint = {
      baseUrl: `${workerOrigin}/v1`,
      model: specification.name,
      kind,
      contextTokens: specification.context_tokens,
      maxOutputTokens: settings.max_output_tokens,
      async fetch(input, init) {
        const requestId = currentRequestId() ?? randomUUID()
        const signal = init?.signal ?? undefined
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        try {
          // The worker may have been replaced or told to unload since; where nothing has changed this does nothing.
          const worker = await ready(signal)
          return await fetchFromWorker(worker.endpoint, pathname, {
            method: init?.method === 'GET' ? 'GET' : 'POST',
            body: withDefaults(init?.body, { temperature: settings.temperature }),
            requestId,
            ...(signal === undefined ? {} : { signal }),
          })
        } catch (error) {
          signal?.throwIfAborted()
          return replyWithError(error, requestId)
        }
      },
    }
    return endpoint
  }

  /** A worker that died a moment ago may not be known as dead yet: then the one that follows it is asked. */
  async #ready(specification: LanguageModelSpecification, signal?: AbortSignal): Promise<WorkerProcess> {
    try {
      return await this.#load(specification, signal)
    } catch (error) {
      if (!(error instanceof ProductError && error.code === 'worker_unavailable')) throw error
      await wait(noticeMs, undefined, signal === undefined ? {} : { signal })
      return this.#load(specification, signal)
    }
  }

  async #load(specification: LanguageModelSpecification, signal?: AbortSignal): Promise<WorkerProcess> {
    const { supervisor } = this.#parts
    if (supervisor.status.state === 'stopped') supervisor.start()
    const worker = await supervisor.whenReady(signal)
    await callWorker(worker.endpoint, 'POST', workerRoutes.load, {
      body: specification,
      requestId: currentRequestId() ?? randomUUID(),
      ...(signal === undefined ? {} : { signal }),
    })
    return worker
  }

  async #release(
    route: string,
    measure: (health: ReturnType<typeof languageWorkerHealthSchema.parse>) => number,
  ): Promise<number> {
    const { supervisor } = this.#parts
    if (supervisor.status.state !== 'ready') return 0
    const worker = await supervisor.whenReady()
    const requestId = currentRequestId() ?? 'memory'
    const ask = (method: 'GET' | 'POST', path: string) =>
      callWorker(worker.endpoint, method, path, { requestId, ...(method === 'POST' ? { body: {} } : {}) })
    const read = async () => measure(languageWorkerHealthSchema.parse(await ask('GET', workerRoutes.health)))
    const before = await read()
    await ask('POST', route)
    return Math.max(0, before - (await read()))
  }
}
