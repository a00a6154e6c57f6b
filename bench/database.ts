/**
 * `npm run bench:database [-- pictures]`: what a large gallery costs, a million pictures unless said otherwise. The
 * gallery is made anew in a temporary folder and removed at the end; the peers' way is measured on the same data.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase, openCheckedForReading, openDatabase } from '../orchestrator/storage/database.ts'
import { migrate } from '../orchestrator/storage/migrate.ts'
import { ReaderThread } from '../orchestrator/storage/reader-thread.ts'
import { fillGallery } from './database/fill-gallery.ts'
import { measureReads } from './database/measure-reads.ts'
import { measureWrites } from './database/measure-writes.ts'
import { describeTiming, time, type Timing } from './database/timing.ts'

const count = Number(process.argv[2] ?? 1_000_000)
if (!Number.isInteger(count) || count < 1000) throw new Error('Name a number of pictures, at least 1000.')

const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-bench-'))
const path = join(folder, 'mysticanvas.sqlite')
const reader = new ReaderThread(path)
try {
  const database = openDatabase(path)
  migrate(database, { backupFolder: join(folder, 'backups'), now: Date.now() })
  const began = performance.now()
  const gallery = fillGallery(database, count, (line) => console.error(line))
  const seconds = Math.round((performance.now() - began) / 1000)
  const size = (statSync(path).size / 1024 ** 3).toFixed(2)
  console.log(
    `${count} pictures, ${size} GiB, made in ${seconds} s; ${cpus()[0]?.model}, Node ${process.version}\n`,
  )

  const reading = openCheckedForReading(path)
  const { ours, peers, page } = await measureReads(reading, reader, gallery)
  const writes = await measureWrites(database)
  closeDatabase(reading)
  await reader.close()
  closeDatabase(database)
  const opening = await time('open and check the file', 3, () => closeDatabase(openDatabase(path)))

  console.log(
    `${'milliseconds'.padEnd(52)}${'p50'.padStart(10)}${'p99'.padStart(10)}${'samples'.padStart(9)}`,
  )
  for (const timing of [...ours, ...writes, opening]) console.log(describeTiming(timing))
  console.log('\nthe way of LIKE and OFFSET, on the same data')
  for (const timing of peers) console.log(describeTiming(timing))
  const [first, deep] = ours
  const searches = ours.filter(({ name }) => /^(search|tag|rating|word|mixed)/.test(name))
  console.log(
    `\npage ${page} / page 1: ${ratio(deep, first)}; slowest p99 of a search: ${slowest(searches)} ms`,
  )
} finally {
  await reader.close()
  rmSync(folder, { recursive: true, force: true })
}

function ratio(one: Timing | undefined, other: Timing | undefined): string {
  return ((one?.p50 ?? 0) / (other?.p50 ?? 1)).toFixed(2)
}

function slowest(timings: readonly Timing[]): string {
  return Math.max(...timings.map(({ p99 }) => p99)).toFixed(1)
}
