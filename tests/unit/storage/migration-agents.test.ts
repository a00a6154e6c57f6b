import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAll, readOne } from '../../../orchestrator/storage/connection.ts'
import { newestGenerationOf } from '../../../orchestrator/storage/generations.ts'
import { fileDatabase, storeGeneration, temporaryFolder } from './support.ts'

const fixture = join(import.meta.dirname, '../../fixtures/databases/0001-foundation.sqlite')

test('[storage-migration-agents] pictures from before belong to the person at the machine', () => {
  const folder = temporaryFolder()
  cpSync(fixture, join(folder, 'mysticanvas.sqlite'))
  const database = fileDatabase(folder)
  expect(readAll(database, 'SELECT DISTINCT client FROM generations')).toEqual([{ client: 'local' }])
  expect(readOne(database, 'SELECT count(*) AS count FROM generations')).toEqual({ count: 3 })
  expect(readOne(database, 'SELECT count(*) AS count FROM idempotency_keys')).toEqual({ count: 0 })
  const newest = Date.now() * 1024
  storeGeneration(database, newest)
  expect(newestGenerationOf(database, 'local')).toBe(newest)
  expect(newestGenerationOf(database, 'agent:one')).toBeNull()
})
