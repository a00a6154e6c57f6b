import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ProductError } from '../../contracts/errors.ts'
import { dataPaths, projectFolder } from '../foundation/paths.ts'
import { findRunningServer, type RunningServer } from './running-server.ts'

const pollMs = 100

/** How long a server that somebody else is just starting on the same folder may take to answer. */
const patienceMs = 10_000

/** What is kept of the last words of a server that could not be started, in characters. */
const wordsKept = 1000

/** A server of our own, and what it said. */
interface OwnServer {
  readonly child: ChildProcess
  words: string
  /** When it ended, by `performance.now()`; null while it runs. */
  endedAt: number | null
}

/**
 * The server of a data folder: the one that runs, else one of our own, in a process of its own so that nothing it prints
 * gets between what we say. Ours ends with us, whatever way we end.
 */
export class FoundServer {
  readonly #data: string
  #own: OwnServer | null = null
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
    if (this.#own === null || this.#own.endedAt !== null) return
    const gone = once(this.#own.child, 'exit')
    this.#own.child.kill('SIGTERM')
    await gone
  }

  async #start(): Promise<RunningServer> {
    const own = this.#own?.endedAt === null ? this.#own : startServer(this.#data)
    this.#own = own
    for (;;) {
      const running = await findRunningServer(dataPaths(this.#data))
      if (running !== null) return running
      if (own.endedAt !== null) requireHope(own, own.endedAt)
      await wait(pollMs)
    }
  }
}

/** Ours may have ended because another one was quicker, which will answer soon. */
function requireHope({ words }: OwnServer, endedAt: number): void {
  if (words.includes('data_folder_in_use') && performance.now() - endedAt < patienceMs) return
  const reason = words.trim().replaceAll(/\s+/g, ' ')
  throw new ProductError('not_running', `MystiCanvas could not be started. It said: ${reason}`)
}

function startServer(data: string): OwnServer {
  const program = join(projectFolder, 'orchestrator', 'cli.ts')
  const args = [...process.execArgv, program, 'start', '--data', data, '--port', '0']
  // Its sign-in link is for nobody's log. The channel closes when we die, and then it leaves as well.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const own: OwnServer = { child, words: '', endedAt: null }
  const end = () => (own.endedAt = performance.now())
  child.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk)
    own.words = (own.words + chunk.toString()).slice(-wordsKept)
  })
  child.once('close', end)
  child.once('error', (error) => {
    own.words = error.message
    end()
  })
  return own
}
