import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { logFiles, openLogFiles, type LogDestination } from '../../../orchestrator/foundation/log-files.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mysticanvas-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

async function writeAll(log: LogDestination, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number += 1) {
    // The file is opened between two turns.
    await nextTurn()
    log.write(line(number))
  }
}

const line = (number: number) => `${String(number).padStart(99, '0')}\n`

test('[logs-bounded] the log is set aside while it is written, and only the newest files are kept', async () => {
  const log = openLogFiles(folder, 1000)
  await writeAll(log, 0, 200)
  const files = logFiles(folder)
  expect(readdirSync(folder)).toHaveLength(files.length)
  for (const file of files) expect(statSync(file).size).toBeLessThanOrEqual(1100)
  const kept = files.map((file) => readFileSync(file, 'utf8')).join('')
  expect(kept.endsWith(line(199))).toBe(true)
  const first = 200 - kept.length / 100
  expect(kept).toBe(Array.from({ length: 200 - first }, (_, index) => line(first + index)).join(''))
})

test('[logs-bounded] what an earlier run wrote counts, and is kept', async () => {
  writeFileSync(join(folder, 'orchestrator.log'), line(1).repeat(9))
  const log = openLogFiles(folder, 1000)
  await writeAll(log, 10, 14)
  expect(readFileSync(join(folder, 'orchestrator.1.log'), 'utf8')).toContain(line(1))
  expect(readFileSync(join(folder, 'orchestrator.log'), 'utf8')).toBe(line(12) + line(13))
})

test('[logs-bounded] a log that cannot be set aside goes on', async () => {
  mkdirSync(join(folder, 'orchestrator.1.log', 'in-the-way'), { recursive: true })
  mkdirSync(join(folder, 'orchestrator.2.log', 'in-the-way'), { recursive: true })
  const log = openLogFiles(folder, 300)
  await writeAll(log, 0, 9)
  expect(readFileSync(join(folder, 'orchestrator.log'), 'utf8')).toContain(line(8))
})
