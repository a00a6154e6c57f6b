import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { pngWith } from '../../support/foreign-pictures.ts'
import { foreignRecipes } from '../../support/foreign-recipes.ts'
import { codeOf } from '../domain/support.ts'
import { openTransfer, zipOf, type TestTransfer } from './support.ts'

async function upload(
  transfer: TestTransfer,
  files: readonly (readonly [string, Buffer])[],
): Promise<{ id: number; codes: Record<string, string> }> {
  const { id } = await transfer.imports.open()
  for (const [name, content] of files)
    await transfer.imports.receive(id, { name, modifiedAt: Date.now() - 1e6 }, Readable.from([content]))
  await transfer.imports.start({ import: id })
  await transfer.until(id)
  const { problems } = transfer.imports.problems({ import: id, cursor: 0, limit: 100 })
  return { id, codes: Object.fromEntries(problems.map(({ path, code }) => [path, code])) }
}

test('[transfer-import-upload] takes uploaded pictures and the pictures of an archive, and keeps no copy of either', async () => {
  const transfer = openTransfer()
  const png = await pngWith({ parameters: foreignRecipes.a1111 }, 1)
  const zip = await zipOf([
    ['one.png', await pngWith({}, 2)],
    ['folder/two.png', await pngWith({}, 3)],
    ['folder/readme.txt', 'hello'],
    ['same.png', png],
  ])
  const { id, codes } = await upload(transfer, [
    ['C:\\pictures\\one.png', png],
    ['many.zip', zip],
  ])
  expect(codes).toEqual({})
  expect(transfer.imports.get(id)).toMatchObject({
    source: 'upload',
    state: 'completed',
    received: 2,
    total: 5,
    imported: 3,
    duplicates: 1,
    skipped: 1,
  })
  await expect.poll(() => existsSync(join(transfer.dataFolder, 'imports', String(id)))).toBe(false)
})

test('[transfer-import-archive] names that lead out, bombs, passwords and twins are refused; the rest comes in', async () => {
  const transfer = openTransfer()
  const bomb = Buffer.concat([await pngWith({}, 4), Buffer.alloc(4 * 1024 * 1024)])
  const zip = await zipOf([
    ['../../escape.png', await pngWith({}, 5)],
    ['/etc/absolute.png', await pngWith({}, 6)],
    ['C:/drive.png', await pngWith({}, 7)],
    ['bomb.png', bomb],
    ['locked.png', await pngWith({}, 8)],
    ['twin.png', await pngWith({}, 9)],
    ['twin.png', await pngWith({}, 10)],
    ['good.png', await pngWith({}, 11)],
  ])
  pretendPacked(zip, 'bomb.png', bomb.length)
  setFlag(zip, 'locked.png', 1)
  const { id, codes } = await upload(transfer, [['evil.zip', zip]])
  expect(transfer.imports.get(id)).toMatchObject({ state: 'completed', imported: 2, failed: 6 })
  expect(codes).toEqual({
    '1. evil.zip/../../escape.png': 'archive_entry_refused',
    '1. evil.zip//etc/absolute.png': 'archive_entry_refused',
    '1. evil.zip/C:/drive.png': 'archive_entry_refused',
    '1. evil.zip/bomb.png': 'archive_entry_refused',
    '1. evil.zip/locked.png': 'archive_entry_refused',
    '1. evil.zip/twin.png': 'archive_entry_refused',
  })
})

test('[transfer-import-archive] a damaged archive is named, and what came before the damage is kept', async () => {
  const transfer = openTransfer()
  const zip = await zipOf([['one.png', await pngWith({}, 12)]])
  const { id, codes } = await upload(transfer, [
    ['cut.zip', zip.subarray(0, zip.length - 30)],
    ['noise.zip', Buffer.from('PK\x03\x04 and nothing that follows from it')],
    ['fine.png', await pngWith({}, 13)],
  ])
  expect(codes).toEqual({ '1. cut.zip': 'archive_unreadable', '2. noise.zip': 'archive_unreadable' })
  expect(transfer.imports.get(id)).toMatchObject({ state: 'completed', imported: 1, failed: 2 })
})

test('[transfer-import-upload] an upload that breaks off leaves nothing; an import takes files only until it starts', async () => {
  const transfer = openTransfer()
  const { id } = await transfer.imports.open()
  const file = { name: 'a.png', modifiedAt: 1 }
  const broken = Readable.from(
    (function* () {
      yield Buffer.from('half')
      throw new Error('The client is gone.')
    })(),
  )
  await expect(transfer.imports.receive(id, file, broken)).rejects.toThrow('gone')
  expect(await codeOf(() => transfer.imports.start({ import: id }))).toBe('import_empty')
  expect(await codeOf(() => transfer.imports.receive(id + 1, file, Readable.from([])))).toBe(
    'import_not_found',
  )
  await transfer.imports.receive(id, file, Readable.from([await pngWith({}, 14)]))
  await transfer.imports.start({ import: id })
  expect(await codeOf(() => transfer.imports.receive(id, file, Readable.from([])))).toBe(
    'import_not_receiving',
  )
  expect(await transfer.until(id)).toMatchObject({ imported: 1 })
  expect(await codeOf(() => transfer.imports.start({ import: id }))).toBe('import_not_receiving')
})

test('[transfer-import-upload] a file that is too large for a picture and no archive is refused', async () => {
  const transfer = openTransfer()
  const { id } = await transfer.imports.open()
  const megabyte = Buffer.alloc(1024 * 1024)
  const large = Readable.from(
    (function* () {
      for (let count = 0; count < 81; count += 1) yield megabyte
    })(),
  )
  expect(await codeOf(() => transfer.imports.receive(id, { name: 'a.png', modifiedAt: 1 }, large))).toBe(
    'import_upload_refused',
  )
  expect(existsSync(join(transfer.dataFolder, 'imports', String(id), '0'))).toBe(false)
})

test('[transfer-import-cancel] uploads nobody finished go, by cancelling or at the next start', async () => {
  const first = openTransfer()
  const ids = [await first.imports.open(), await first.imports.open()].map(({ id }) => id)
  for (const id of ids)
    await first.imports.receive(id, { name: 'a.png', modifiedAt: 1 }, Readable.from([await pngWith({}, id)]))
  expect(await first.imports.cancel(ids[0] ?? 0)).toMatchObject({ state: 'cancelled' })
  // As a crash leaves it that comes between the end of an import and the tidying up.
  const kept = (await upload(first, [['a.png', await pngWith({}, 20)]])).id
  const left = join(first.dataFolder, 'imports', String(kept))
  await expect.poll(() => existsSync(left)).toBe(false)
  mkdirSync(left, { recursive: true })
  const next = openTransfer(first.dataFolder, first.database)
  await next.imports.tidyUp()
  expect(next.imports.list({ limit: 5 }).imports.map(({ state }) => state)).toEqual([
    'completed',
    'cancelled',
    'cancelled',
  ])
  for (const id of [...ids, kept])
    expect(existsSync(join(first.dataFolder, 'imports', String(id)))).toBe(false)
})

/** Where an entry stands in the central directory. */
function directoryEntry(zip: Buffer, name: string): number {
  const at = zip.lastIndexOf(name) - 46
  if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('This is not the directory.')
  return at
}

/** Says of a stored entry that it is packed to a few bytes. */
function pretendPacked(zip: Buffer, name: string, size: number): void {
  const at = directoryEntry(zip, name)
  zip.writeUInt16LE(8, at + 10)
  zip.writeUInt32LE(100, at + 20)
  zip.writeUInt32LE(size, at + 24)
}

function setFlag(zip: Buffer, name: string, flag: number): void {
  const at = directoryEntry(zip, name)
  zip.writeUInt16LE(zip.readUInt16LE(at + 8) | flag, at + 8)
  zip.writeUInt16LE(8, at + 10)
}
