import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { handleOf } from '../../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../../orchestrator/storage/database.ts'
import { migrate } from '../../../orchestrator/storage/migrate.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct } from '../../support/product.ts'

afterEach(async () => {
  await endProducts()
  removeDataFolders()
})

/** More bytes than are read as a whole at a start, in a table that a start does not look at. */
const rows = 80_000
const pageSize = 4096

/** A data folder with a database that is too large to be read at a start. */
async function largeDatabase(): Promise<{ dataFolder: string; path: string }> {
  const dataFolder = await createDataFolder()
  const path = join(dataFolder, 'mysticanvas.sqlite')
  const database = openDatabase(path)
  migrate(database, { backupFolder: join(dataFolder, 'backups'), now: Date.now() })
  handleOf(database).exec(`INSERT INTO file_hashes (path, bytes, mtime_ms, sha256)
    WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT ${rows})
    SELECT printf('/%.6d/%.900c', number, 'x'), 1, 1, printf('%.64c', '0') FROM numbers`)
  closeDatabase(database)
  return { dataFolder, path }
}

function damage(path: string): void {
  const bytes = readFileSync(path)
  const page = Math.floor(bytes.indexOf('/040000/') / pageSize)
  writeFileSync(path, bytes.fill(0xa5, page * pageSize, (page + 1) * pageSize))
}

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

test('[storage-start-bounded] a large database is read beside the work, and again only where the end was not in order', async () => {
  const { dataFolder } = await largeDatabase()
  const first = await startProduct({ dataFolder })
  await first.feed.first(({ event }) => event.type === 'database-checked' && event.database.state === 'sound')
  expect((await first.invoke('get_system_status', {})).database).toMatchObject({
    state: 'sound',
    problems: [],
  })
  await first.stop()

  const second = await startProduct({ dataFolder })
  const { database } = await second.invoke('get_system_status', {})
  expect(database.state).toBe('sound')
  expect(second.feed.count('database-checked')).toBe(0)
  await second.kill()

  const third = await startProduct({ dataFolder })
  const { event } = await third.feed.first((told) => told.event.type === 'database-checked')
  expect(event).toMatchObject({ database: { state: 'sound' } })
  expect(await third.stop()).toBe(0)
})

test('[storage-start-bounded] [storage-refuses] damage that only the whole check sees stops all changes, and nothing is written over the file', async () => {
  const { dataFolder, path } = await largeDatabase()
  damage(path)
  const before = digest(path)
  const product = await startProduct({ dataFolder })
  const { event, message } = await product.feed.first((told) => told.event.type === 'database-checked')
  expect(event).toMatchObject({ database: { state: 'damaged', problems: [expect.any(String)] } })
  expect(message).toContain('doctor --repair')
  await expect(product.invoke('generate', { ...quick })).rejects.toMatchObject({ code: 'database_damaged' })
  expect(await product.invoke('list_generations', { limit: 10 })).toMatchObject({ next_cursor: null })
  expect((await product.invoke('get_system_status', {})).database.state).toBe('damaged')
  expect(await product.stop()).toBe(0)
  expect(digest(path)).toBe(before)
})
