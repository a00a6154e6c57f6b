import { samplers, schedulers, type EngineCapabilities } from '../../../../contracts/entities/engine.ts'
import { ProductError } from '../../../../contracts/errors.ts'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import type { Logger } from '../../../runtime/logger.ts'
import type { EngineMemory, EngineReport, EngineRequest, EngineTimings, ImageEngine } from '../engine.ts'
import { toAddonConfig, toAddonFiles, toAddonParameters } from './addon-settings.ts'
import { readGenerateSign, readLoadSign } from './answers.ts'
import { BufferReader } from './buffer-reader.ts'
import { CuttingReporter, fitToCanvas } from './canvas.ts'
import { converse, endChild, type Heard } from './conversation.ts'
import { EngineChild, type ChildSign } from './engine-child.ts'
import { findEngineProgram, readAddonVersion, type Program } from './program.ts'
import { StageReader } from './stage-reader.ts'
import type { Patience } from './watchdog.ts'

/** How long the engine may take to stop by itself when work is cancelled. */
const cancelPatienceMs = 5000

export interface EmbeddedEngineOptions {
  /** Threads it computes with, at least 1. */
  readonly threads: number
  readonly patience: Patience
  readonly log: Logger
  /** The program to run as the engine's process; the real engine where it is left out. */
  readonly program?: Program
}

/**
 * stable-diffusion.cpp from npm, in a process of its own. One process holds one model: another model, a failure and
 * `unload` each end it, because only the end of a process gives its memory back whole.
 */
export class EmbeddedEngine implements ImageEngine {
  readonly identity = { name: 'diffusion-cpp', version: readAddonVersion() }
  readonly capabilities: EngineCapabilities = {
    modes: ['txt2img', 'img2img'],
    samplers: [...samplers],
    schedulers: [...schedulers],
    vae_tiling: true,
    placement: true,
    mask: false,
    controlnet: false,
    preview: false,
    cancel_without_reload: true,
  }
  readonly #options: EmbeddedEngineOptions
  #child: EngineChild | null = null
  #model: ModelSpecification | null = null
  #buffers = new BufferReader()

  constructor(options: EmbeddedEngineOptions) {
    this.#options = options
  }

  get loaded(): ModelSpecification | null {
    return this.#child === null || this.#child.hasExited ? null : this.#model
  }

  get pid(): number | null {
    return this.#child === null || this.#child.hasExited ? null : this.#child.pid
  }

  get memory(): EngineMemory {
    return { device: this.#buffers.device, cardPeakBytes: this.#buffers.cardPeakBytes }
  }

  async load(model: ModelSpecification, signal: AbortSignal): Promise<void> {
    await this.unload()
    const child = new EngineChild(this.#options.program ?? findEngineProgram(), this.#options.log)
    this.#child = child
    const buffers = new BufferReader()
    this.#buffers = buffers
    const order = {
      type: 'load',
      files: toAddonFiles(model.files),
      config: toAddonConfig(model, this.#options.threads),
    } as const
    // Loading cannot be interrupted from inside, and a process that holds nothing yet is no loss.
    await this.#work(
      signal,
      () => child.kill(),
      () =>
        converse(child, {
          order,
          read: (sign) => {
            buffers.read(sign)
            return readLoadSign(child, sign)
          },
          patience: this.#options.patience,
        }),
    )
    this.#model = model
  }

  async generate(
    request: EngineRequest,
    report: (report: EngineReport) => void,
    signal: AbortSignal,
  ): Promise<EngineTimings> {
    const child = this.#child
    const model = this.#model
    if (child === null || model === null) throw new Error('A model must be loaded before it is used.')
    const fitted = await fitToCanvas(request)
    const order = {
      type: 'generate',
      parameters: toAddonParameters(fitted),
      init_image_base64: fitted.init_image_base64,
    } as const
    const reporter = new CuttingReporter(request, report)
    const stages = new StageReader((stage) => reporter.take(stage))
    let deadline: NodeJS.Timeout | undefined
    const cancel = (): void => {
      child.send({ type: 'cancel' })
      deadline = setTimeout(() => child.kill(), cancelPatienceMs)
    }
    const { patience } = this.#options
    const buffers = this.#buffers
    buffers.begin()
    const read = (sign: ChildSign): Heard<EngineTimings> => {
      buffers.read(sign)
      return readGenerateSign(child, sign, stages)
    }
    return this.#work(signal, cancel, async () => {
      const timings = await converse(child, { order, read, patience })
      await reporter.settled()
      return timings
    }).finally(() => clearTimeout(deadline))
  }

  async unload(): Promise<void> {
    const child = this.#child
    this.#child = null
    this.#model = null
    if (child !== null) await endChild(child)
  }

  kill(): void {
    this.#child?.kill()
  }

  /** Runs work that can be cancelled. A failed engine is ended; one that stopped when asked to keeps its model. */
  async #work<Result>(signal: AbortSignal, cancel: () => void, run: () => Promise<Result>): Promise<Result> {
    signal.addEventListener('abort', cancel, { once: true })
    try {
      if (signal.aborted) throw new ProductError('cancelled')
      const result = await run()
      if (signal.aborted) throw new ProductError('cancelled')
      return result
    } catch (error) {
      if (!signal.aborted || this.loaded === null) await this.unload()
      throw signal.aborted ? new ProductError('cancelled', undefined, { cause: error }) : error
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
