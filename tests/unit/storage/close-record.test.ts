import {
  appendFileSync,
  openSync,
  closeSync,
  ftruncateSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planCheck, recordClosed, recordOpened } from '../../../orchestrator/storage/close-record.ts'
import { temporaryFolder } from './support.ts'

const week = 7 * 24 * 3_600_000
const now = 10 * week

/** A file of so many bytes, most of them a hole: only its size, its time and its beginning are looked at. */
function fileOf(bytes: number) {
  const folder = temporaryFolder()
  const path = join(folder, 'mysticanvas.sqlite')
  writeFileSync(path, 'the header')
  const descriptor = openSync(path, 'r+')
  ftruncateSync(descriptor, bytes)
  closeSync(descriptor)
  return { path, record: join(folder, 'record.json') }
}

const large = 100 * 1024 * 1024

describe('how closely a database is looked at', () => {
  test('[storage-start-bounded] a small one, and one that is yet to be made, as a whole', () => {
    const { path, record } = fileOf(1_000_000)
    recordClosed(path, record, now)
    expect(planCheck(path, record, now)).toMatchObject({ before: 'full', afterwards: false })
    rmSync(path)
    expect(planCheck(path, record, now)).toMatchObject({ before: 'full', closedInOrder: false })
  })

  test('[storage-start-bounded] a large one that is as it was left not at all for a week', () => {
    const { path, record } = fileOf(large)
    recordClosed(path, record, now)
    writeFileSync(`${path}-wal`, '')
    expect(planCheck(path, record, now + week - 1)).toEqual({
      before: 'surface',
      afterwards: false,
      closedInOrder: true,
      checkedAt: now,
    })
    expect(planCheck(path, record, now + week)).toMatchObject({ afterwards: true, closedInOrder: true })
  })

  test.each<[string, (path: string, record: string) => void]>([
    ['nothing is known about', () => undefined],
    ['was never read as a whole', (path, record) => recordClosed(path, record, null)],
    ['has half a record', (_, record) => writeFileSync(record, '{"checked_at": 1')],
    ['was open in a crash', (_, record) => recordOpened(record, now)],
    ['has a log beside it', (path) => writeFileSync(`${path}-wal`, 'x')],
    ['grew', (path) => appendFileSync(path, 'x')],
    ['was written at another time', (path) => utimesSync(path, 1, 1)],
  ])('[storage-start-bounded] a large one that %s is read beside the work', (_name, change) => {
    const { path, record } = fileOf(large)
    if (!/nothing/.test(_name)) recordClosed(path, record, now)
    change(path, record)
    expect(planCheck(path, record, now)).toMatchObject({ before: 'surface', afterwards: true })
  })

  test('[storage-start-bounded] another header is another file, whatever its time', () => {
    const { path, record } = fileOf(large)
    recordClosed(path, record, now)
    const { closed } = JSON.parse(readFileSync(record, 'utf8')) as { closed: { mtime_ms: number } }
    const descriptor = openSync(path, 'r+')
    writeFileSync(descriptor, 'another header')
    closeSync(descriptor)
    utimesSync(path, closed.mtime_ms / 1000, closed.mtime_ms / 1000)
    expect(planCheck(path, record, now)).toMatchObject({ afterwards: true })
  })
})
