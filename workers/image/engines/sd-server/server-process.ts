import { spawn, type ChildProcess } from 'node:child_process'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Logger } from '../../../runtime/logger.ts'
import { LastWords } from '../embedded/last-words.ts'
import { OutputReader, type Spoken } from './output-reader.ts'

/** A killed process is gone in milliseconds; one that hangs in a driver may never go, and must not take the worker along. */
const killPatienceMs = 5000

/** What the guardian tells: which process it started, and how that one ended. */
const reportSchema = z.union([
  z.object({ pid: z.int() }),
  z.object({ code: z.int().nullable(), signal: z.string().nullable() }),
])

/** How the program ended; nulls where it was killed together with its guardian. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

/** One run of the program. It dies with this process, whatever way this one dies. */
export class ServerProcess {
  /** Resolves when the program is gone and everything it said has been read. Never rejects. */
  readonly exited: Promise<Exit>
  /** Takes what the program prints; set by whoever waits for it at the moment. */
  listener: (spoken: Spoken) => void = () => undefined
  hasExited = false
  readonly #guardian: ChildProcess
  readonly #log: Logger
  readonly #lastWords = new LastWords()
  #pid: number | null = null
  #exit: Exit = { code: null, signal: null }

  constructor(path: string, options: readonly string[], log: Logger) {
    this.#log = log
    const guardian = fileURLToPath(new URL('guardian.mjs', import.meta.url))
    this.#guardian = spawn(process.execPath, [guardian, path, dirname(path), ...options], {
      // A group of its own: what kills the worker's group leaves the guardian alive to end the program.
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    this.#guardian.stdin?.on('error', () => undefined)
    for (const output of [this.#guardian.stdout, this.#guardian.stderr]) this.#listen(output)
    this.#readReports(this.#guardian.stdio[3] as Readable | null)
    this.exited = this.#watchExit()
  }

  /** The program's own process; null before it runs. */
  get pid(): number | null {
    return this.#pid
  }

  /** The end of what the program printed. */
  get lastWords(): string {
    return this.#lastWords.toString()
  }

  /** Ends the program at once, also a stopped one. */
  kill(): void {
    this.#guardian.stdin?.destroy()
    if (this.hasExited || this.#guardian.pid === undefined || process.platform === 'win32') return
    try {
      process.kill(-this.#guardian.pid, 'SIGKILL')
    } catch {
      // The group has gone by itself.
    }
  }

  /** Ends the program and waits until it is gone. */
  async end(): Promise<void> {
    this.kill()
    await Promise.race([this.exited, delay(killPatienceMs, undefined, { ref: false })])
  }

  #listen(output: Readable | null): void {
    const reader = new OutputReader((spoken) => this.#hear(spoken))
    output?.on('data', (chunk: Buffer) => reader.push(chunk.toString()))
    output?.on('end', () => reader.end())
  }

  /** Each output is cut into lines by itself: an error printed beside a half-drawn bar would read as part of it. */
  #hear(spoken: Spoken): void {
    if (spoken.type === 'log') {
      this.#lastWords.add(`${spoken.text}\n`)
      this.#log.debug({ text: spoken.text }, 'engine log')
    }
    this.listener(spoken)
  }

  #readReports(channel: Readable | null): void {
    let text = ''
    channel?.on('error', () => undefined)
    channel?.on('data', (chunk: Buffer) => {
      const lines = (text + chunk.toString()).split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        const report = reportSchema.parse(JSON.parse(line))
        if ('pid' in report) this.#pid = report.pid
        else this.#exit = report
      }
    })
  }

  #watchExit(): Promise<Exit> {
    return new Promise((resolve) => {
      const end = (): void => {
        this.hasExited = true
        this.#log.info({ engine_pid: this.#pid, ...this.#exit }, 'engine left')
        resolve(this.#exit)
      }
      this.#guardian.once('error', (error) => {
        this.#lastWords.add(`${error.message}\n`)
        if (this.#guardian.pid === undefined) end()
      })
      // A guardian that was killed alone leaves the program behind in its group.
      this.#guardian.once('exit', () => this.kill())
      this.#guardian.once('close', end)
    })
  }
}
