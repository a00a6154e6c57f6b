import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { ProductError } from '../../contracts/errors.ts'
import type { WorkerState } from '../../contracts/entities/system.ts'
import { workerRoutes, type CommonWorkerHealth, type WorkerHealth } from '../../contracts/worker.ts'
import { watchHealth, type HealthLimits, type HealthWatch } from './health-watch.ts'
import {
  defaultPatience,
  endProcess,
  exited,
  exitedAndRead,
  killGroup,
  type KillPatience,
} from './kill-ladder.ts'
import { decideRestart, defaultRestartLimits, type RestartLimits } from './restart-policy.ts'
import { callWorker } from './worker-connection.ts'
import { startWorker, type WorkerProcess, type WorkerProgram } from './worker-process.ts'

/** What a supervisor is told beyond the program it runs. */
export interface SupervisorOptions<Health> {
  /** What this kind of worker tells about its health. */
  readonly healthSchema: z.ZodType<Health>
  readonly health: HealthLimits
  readonly restarts?: RestartLimits
  readonly patience?: KillPatience
  /** Called at each change of state; `error` says why, where it was not wanted. */
  readonly onState: (state: WorkerState, error: ProductError | null) => void
  readonly onLog: (line: string) => void
}

/**
 * Keeps one worker running: starts it, watches its health, starts it again when it dies or hangs, and gives up
 * when it keeps failing. Whoever needs the worker waits for `whenReady`.
 */
export class Supervisor<Health extends CommonWorkerHealth = WorkerHealth> {
  readonly #program: WorkerProgram
  readonly #options: SupervisorOptions<Health>
  readonly #changes = new EventEmitter<{ change: [] }>()
  #state: WorkerState = 'stopped'
  #worker: WorkerProcess | null = null
  #watch: HealthWatch<Health> | null = null
  #failureTimes: number[] = []
  #failure: ProductError | null = null
  #restarts = 0
  #readySince = 0
  #life = new AbortController()
  #living: Promise<void> = Promise.resolve()

  constructor(program: WorkerProgram, options: SupervisorOptions<Health>) {
    this.#program = program
    this.#options = options
    this.#changes.setMaxListeners(0)
  }

  /** What the supervisor knows about its worker now. */
  get status() {
    const ready = this.#state === 'ready'
    return {
      name: this.#program.name,
      state: this.#state,
      pid: this.#worker?.child.pid ?? null,
      uptimeMs: ready ? Date.now() - this.#readySince : null,
      restarts: this.#restarts,
      health: ready ? (this.#watch?.latest ?? null) : null,
      lastWords: this.#lastWords,
    }
  }

  /** Starts the worker, also after it was given up: its failures are forgotten then. */
  start(): void {
    if (this.#state !== 'stopped' && this.#state !== 'failed') return
    this.#failureTimes = []
    this.#life = new AbortController()
    this.#living = this.#live(this.#life.signal)
  }

  /** Ends the worker by the kill ladder. Nothing of it is left when this resolves. */
  async stop(): Promise<void> {
    this.#life.abort()
    const worker = this.#worker
    if (worker !== null) {
      this.#change('stopping', null)
      const ask = () =>
        callWorker(worker.endpoint, 'POST', workerRoutes.shutdown, { body: {}, requestId: 'shutdown' })
      await endProcess(worker.child, ask, this.#options.patience ?? defaultPatience)
    }
    await this.#living
    this.#change('stopped', null)
  }

  /** Ends the worker and starts it anew, whatever state it is in. */
  async restart(): Promise<void> {
    await this.stop()
    this.#restarts += 1
    this.start()
  }

  /**
   * Kills a worker that does not do what it should; it is started again as after any failure.
   * A worker that has been replaced since is left alone.
   */
  replace(worker: WorkerProcess): void {
    if (this.#worker === worker) killGroup(worker.child)
  }

  /**
   * Waits until the worker can be called.
   *
   * @throws ProductError `worker_failed` once it is given up, `worker_unavailable` when it is stopped meanwhile
   */
  async whenReady(signal?: AbortSignal): Promise<WorkerProcess> {
    for (;;) {
      if (this.#state === 'ready' && this.#worker !== null) return this.#worker
      if (this.#state === 'failed') throw this.#failure ?? new ProductError('worker_failed')
      if (this.#state === 'stopped' || this.#state === 'stopping')
        throw new ProductError('worker_unavailable')
      await EventEmitter.once(this.#changes, 'change', signal === undefined ? {} : { signal })
    }
  }

  get #lastWords(): string | null {
    const said = this.#failure?.details['last_words']
    return typeof said === 'string' ? said : null
  }

  /** One life of the supervisor: from start to stop, or until the worker is given up. */
  async #live(signal: AbortSignal): Promise<void> {
    this.#change('starting', null)
    while (!signal.aborted) {
      const failure = await this.#runOnce(signal)
      if (signal.aborted) return
      this.#failure = failure
      this.#failureTimes = [...this.#failureTimes.slice(-20), Date.now()]
      const decision = decideRestart(this.#failureTimes, this.#options.restarts ?? defaultRestartLimits)
      if (decision.action === 'give-up') {
        const summary = `The ${this.#program.name} worker keeps failing and was given up.`
        this.#failure = new ProductError('worker_failed', summary, {
          details: failure.details,
          cause: failure,
        })
        return this.#change('failed', this.#failure)
      }
      this.#restarts += 1
      this.#change('restarting', failure)
      await wait(decision.delayMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Runs the worker until it ends, and says what was wrong with it. */
  async #runOnce(signal: AbortSignal): Promise<ProductError> {
    let worker: WorkerProcess
    try {
      worker = await startWorker(this.#program, this.#options.onLog, signal)
    } catch (error) {
      return error as ProductError
    }
    if (signal.aborted) {
      killGroup(worker.child)
      await exited(worker.child)
      return new ProductError('worker_unavailable')
    }
    this.#worker = worker
    const { health, healthSchema } = this.#options
    this.#watch = watchHealth(worker, healthSchema, health, () => killGroup(worker.child))
    this.#readySince = Date.now()
    this.#change('ready', null)
    // What the worker started may outlive it; that is killed with it.
    await exitedAndRead(worker.child)
    const hung = this.#watch.stop()
    this.#worker = null
    return new ProductError('worker_unavailable', describeEnd(this.#program.name, hung), {
      details: {
        exit_code: worker.child.exitCode,
        signal: worker.child.signalCode,
        hung,
        last_words: worker.lastWords.text,
      },
    })
  }

  #change(state: WorkerState, error: ProductError | null): void {
    if (this.#state === state) return
    this.#state = state
    this.#options.onState(state, error)
    this.#changes.emit('change')
  }
}

function describeEnd(name: string, hung: boolean): string {
  return hung ? `The ${name} worker stopped responding.` : `The ${name} worker stopped unexpectedly.`
}
