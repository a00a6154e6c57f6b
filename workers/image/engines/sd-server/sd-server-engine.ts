import { samplers, schedulers, type EngineCapabilities } from '../../../../contracts/entities/engine.ts'
import { ProductError } from '../../../../contracts/errors.ts'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import type { Logger } from '../../../runtime/logger.ts'
import { CuttingReporter, fitToCanvas } from '../embedded/canvas.ts'
import { StageReader } from '../embedded/stage-reader.ts'
import type { Patience } from '../embedded/watchdog.ts'
import type { EngineReport, EngineRequest, EngineTimings, ImageEngine } from '../engine.ts'
import { followJob } from './follow-job.ts'
import { toJobBody } from './job-body.ts'
import { PhaseClock } from './phase-clock.ts'
import { readVersion } from './read-version.ts'
import type { RunningServer } from './running-server.ts'
import type { ServerProcess } from './server-process.ts'
import { startServer } from './start-server.ts'

export interface SdServerOptions {
  /** Where the program lies. */
  readonly path: string
  /** Threads it computes with, at least 1. */
  readonly threads: number
  readonly patience: Patience
  readonly log: Logger
}

/**
 * stable-diffusion.cpp as its own server program, which a person brought: the way to CUDA and ROCm. One process holds one
 * model. It can neither change its model nor stop a picture at work, so each of these ends the process.
 */
export class SdServerEngine implements ImageEngine {
  readonly capabilities: EngineCapabilities = {
    modes: ['txt2img', 'img2img'],
    samplers: [...samplers],
    schedulers: [...schedulers],
    vae_tiling: true,
    placement: true,
    mask: true,
    controlnet: true,
    preview: false,
    cancel_without_reload: false,
  }
  readonly #options: SdServerOptions
  #version = 'unknown'
  #process: ServerProcess | null = null
  #server: RunningServer | null = null
  #model: ModelSpecification | null = null

  constructor(options: SdServerOptions) {
    this.#options = options
    void readVersion(options.path).then((version) => (this.#version = version))
  }

  get identity() {
    return { name: 'sd-server', version: this.#version }
  }

  get loaded(): ModelSpecification | null {
    return this.#server === null || this.#server.process.hasExited ? null : this.#model
  }

  get pid(): number | null {
    return this.#process === null || this.#process.hasExited ? null : this.#process.pid
  }

  /** Where the model computes, and the most it held on a graphics card; nulls where the program did not tell. */
  get memory(): { readonly device: 'cpu' | 'gpu' | null; readonly cardPeakBytes: number | null } {
    const sizes = this.#server?.sizes
    return { device: sizes?.device ?? null, cardPeakBytes: sizes?.cardPeakBytes ?? null }
  }

  async load(model: ModelSpecification, signal: AbortSignal): Promise<void> {
    await this.unload()
    const { path, threads, patience, log } = this.#options
    const onProcess = (process: ServerProcess): void => {
      this.#process = process
      // A load that was cancelled before the process was there.
      if (signal.aborted) process.kill()
    }
    this.#server = await this.#work(signal, () =>
      startServer({ path, model, threads, patience, log, onProcess }),
    )
    this.#model = model
    log.info({ weights: this.#server.sizes.weights, ...this.memory }, 'engine has its model')
  }

  async generate(
    request: EngineRequest,
    report: (report: EngineReport) => void,
    signal: AbortSignal,
  ): Promise<EngineTimings> {
    const server = this.#server
    if (server === null) throw new Error('A model must be loaded before it is used.')
    const body = toJobBody(await fitToCanvas(request))
    const reporter = new CuttingReporter(request, report)
    const clock = new PhaseClock()
    const stages = new StageReader((stage) => {
      if (stage.type === 'phase') clock.enter(stage.phase)
      reporter.take(stage)
    })
    const { patience, log } = this.#options
    return this.#work(signal, async () => {
      const read = (spoken: Parameters<typeof server.process.listener>[0]): boolean =>
        spoken.type !== 'weights' && stages.read(spoken)
      const pngs = await followJob(server, body, { patience, read })
      const timings = clock.stop()
      for (const [index, png] of pngs.entries()) reporter.take({ type: 'image', index, png })
      await reporter.settled()
      log.info(this.memory, 'engine made its pictures')
      return timings
    })
  }

  async unload(): Promise<void> {
    const process = this.#process
    this.#process = null
    this.#server = null
    this.#model = null
    if (process !== null) await process.end()
  }

  kill(): void {
    this.#process?.kill()
  }

  /** Runs work that can be cancelled. However it fails, the process is ended, for nothing less stops it. */
  async #work<Result>(signal: AbortSignal, run: () => Promise<Result>): Promise<Result> {
    const cancel = (): void => this.kill()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      if (signal.aborted) throw new ProductError('cancelled')
      const result = await run()
      if (signal.aborted) throw new ProductError('cancelled')
      return result
    } catch (error) {
      await this.unload()
      throw signal.aborted ? new ProductError('cancelled', undefined, { cause: error }) : error
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
