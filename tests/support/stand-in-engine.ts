import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const script = join(import.meta.dirname, '../fixtures/engines/stand-in-sd-server.mjs')

/** What the stand-in noted: a start with its options, or a request as it came. */
export interface StandInNote {
  readonly started?: number
  readonly options?: Record<string, string | true>
  readonly asked?: Record<string, unknown>
}

/**
 * Puts a program named `sd-server` into a folder that does what the stand-in does.
 *
 * @returns its path
 */
export function putStandIn(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'sd-server')
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

/** What was noted beside a model, in the order in which it happened. */
export function readNotes(model: string): StandInNote[] {
  const lines = readFileSync(`${model}.notes`, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as StandInNote)
}

/** The options of the newest start. */
export function lastOptions(model: string): Record<string, string | true> {
  return readNotes(model).findLast(({ options }) => options !== undefined)?.options ?? {}
}

/** The newest request. */
export function lastAsked(model: string): Record<string, unknown> {
  return readNotes(model).findLast(({ asked }) => asked !== undefined)?.asked ?? {}
}
