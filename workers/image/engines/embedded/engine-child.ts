import { spawn, type ChildProcess } from 'node:child_process'
import type { Duplex, Readable } from 'node:stream'
import type { Logger } from '../../../runtime/logger.ts'
import { LastWords } from './last-words.ts'
import { LineReader } from './line-reader.ts'
import { fromChildSchema, type FromChild, type ToChild } from './messages.ts'
import type { Program } from './program.ts'

/** Room for a PNG of 4096 by 4096 pixels of pure noise, as base64. */
const longestLine = 128 * 1024 * 1024

/** How the engine's process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** What a listener is told: a message, or that the engine's lifeline thread is alive while its main thread is blocked. */
export type ChildSign = FromChild | { readonly type: 'alive' }

/** One process of the engine, from its start to its end. It dies with this process, whatever way this one dies. */
export class EngineChild {
  /** Resolves when the process is gone and everything it said has been read. Never rejects. */
  readonly exited: Promise<Exit>
  /** Takes what the engine says; set by whoever talks with it at the moment. */
  listener: (sign: ChildSign) => void = () => undefined
  hasExited = false
  readonly #process: ChildProcess
  readonly #log: Logger
  readonly #lastWords = new LastWords()

  constructor(program: Program, log: Logger) {
    this.#log = log
    this.#process = spawn(program.command, program.arguments, {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    this.exited = this.#watchExit()
    this.#drain(this.#process.stdout)
    this.#drain(this.#process.stderr)
    this.#readLines(this.#process.stdio[3] as Duplex | null, (line) => this.#receive(line))
    this.#readLines(this.#process.stdio[4] as Duplex | null, () => this.listener({ type: 'alive' }))
  }

  get pid(): number | null {
    return this.#process.pid ?? null
  }

  /** The end of what the engine printed and of its native log. */
  get lastWords(): string {
    return this.#lastWords.toString()
  }

  send(message: ToChild): void {
    const channel = this.#process.stdio[3] as Duplex | null
    channel?.write(`${JSON.stringify(message)}\n`)
  }

  /** Ends the process at once, also a stopped one. */
  kill(): void {
    this.#process.kill('SIGKILL')
  }

  #watchExit(): Promise<Exit> {
    return new Promise((resolve) => {
      this.#process.once('error', (error) => {
        this.#lastWords.add(`${error.message}\n`)
        // A process that could not be started has no end to wait for.
        if (this.#process.pid === undefined) this.#end({ code: null, signal: null }, resolve)
      })
      this.#process.once('close', (code, signal) => this.#end({ code, signal }, resolve))
    })
  }

  #end(exit: Exit, resolve: (exit: Exit) => void): void {
    this.hasExited = true
    this.#log.info({ engine_pid: this.pid, ...exit }, 'engine left')
    resolve(exit)
  }

  #drain(output: Readable | null): void {
    output?.on('data', (chunk: Buffer) => this.#lastWords.add(chunk.toString()))
  }

  #readLines(channel: Duplex | null, onLine: (line: string) => void): void {
    const reader = new LineReader(longestLine, onLine)
    channel?.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk)
      } catch (error) {
        this.#giveUp(error)
      }
    })
    // Writing to an engine that just died; `exited` tells.
    channel?.on('error', () => undefined)
  }

  #receive(line: string): void {
    const message = fromChildSchema.parse(JSON.parse(line))
    if (message.type === 'log') this.#hear(message.level, message.text)
    this.listener(message)
  }

  #hear(level: number, text: string): void {
    this.#lastWords.add(`${text}\n`)
    this.#log.debug({ engine_level: level, text }, 'engine log')
  }

  /** An engine that does not keep to the protocol is of no use any more. */
  #giveUp(error: unknown): void {
    this.#lastWords.add(`The engine broke the protocol: ${String(error)}\n`)
    this.kill()
  }
}
