import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ProductError } from '../../contracts/errors.ts'
import { dataPaths, projectFolder } from '../foundation/paths.ts'
import { findRunningServer, type RunningServer } from './running-server.ts'

const pollMs = 100

/** A server that is starting on the same folder, started by someone else, may take so long to answer. */
const patienceMs = 10_000

/**
 * The server of a data folder: the one that runs, else one of our own, in a process of its own so that nothing it prints
 * gets between what we say. Ours ends with us, whatever way we end.
 */
export class FoundServer {
  readonly #data: string
  #own: ChildProcess | null = null
  #starting: Promise<RunningServer> | null = null

  constructor(data: string) {
    this.#data = data
  }

  /** @throws ProductError `not_running` where none runs and none can be started */
  async find(): Promise<RunningServer> {
    const running = await findRunningServer(dataPaths(this.#data))
    if (running !== null) return running
    this.#starting ??= this.#start().finally(() => (this.#starting = null))
    return this.#starting
  }

  /** Ends the server we started, if we did. */
  async stop(): Promise<void> {
    const own = this.#own
    if (own === null) return
    const gone = once(own, 'exit')
    own.kill('SIGTERM')
    await gone
  }

  async #start(): Promise<RunningServer> {
    if (this.#own === null) this.#spawn()
    let deadline = Number.POSITIVE_INFINITY
    for (;;) {
      const running = await findRunningServer(dataPaths(this.#data))
      if (running !== null) return running
      // Ours may have ended because another one was quicker.
      if (this.#own === null) deadline = Math.min(deadline, performance.now() + patienceMs)
      if (performance.now() > deadline)
        throw new ProductError('not_running', 'MystiCanvas could not be started; its log says why.')
      await wait(pollMs)
    }
  }

  #spawn(): void {
    const program = join(projectFolder, 'orchestrator', 'cli.ts')
    const args = [...process.execArgv, program, 'start', '--data', this.#data, '--port', '0']
    // Its sign-in link is for nobody's log. The channel closes when we die, and then it leaves as well.
    const own = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.#own = own
    own.once('exit', () => (this.#own = null))
    own.once('error', () => (this.#own = null))
  }
}
