import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** A program of tests/fixtures/storage at work. */
export interface Program {
  readonly process: ChildProcess
  /** What it printed so far. */
  readonly output: () => string
  /** Settles when it prints this; fails when it ends without. */
  readonly says: (text: string) => Promise<void>
  /** Settles when it ends: its exit code, or null where it was killed. */
  readonly ended: Promise<number | null>
  /** Ends it as a power cut would, and waits for that. */
  readonly kill: () => Promise<void>
}

/** Starts a program of tests/fixtures/storage; it never outlives the test. */
export function startProgram(name: string, ...parameters: string[]): Program {
  const path = fileURLToPath(new URL(`../fixtures/storage/${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [path, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve()
      }
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`${name} ended without saying "${text}", but: ${output}`)))
      look()
    })
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { process: child, output: () => output, says, ended, kill }
}

/** Waits this many milliseconds. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
