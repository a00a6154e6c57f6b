import { describe, expect, test } from 'vitest'
import {
  handleOf,
  readAll,
  readOne,
  transaction,
  write,
  writeExactlyOne,
  writeReturning,
} from '../../../orchestrator/storage/connection.ts'
import { memoryDatabase } from './support.ts'

const insert = `INSERT INTO file_hashes (path, bytes, mtime_ms, sha256) VALUES (:path, 1, 1, '${'0'.repeat(64)}')`

describe('a connection', () => {
  test('reads what was written', () => {
    const database = memoryDatabase()
    expect(write(database, insert, { path: 'a' })).toBe(1)
    expect(readOne(database, 'SELECT path FROM file_hashes')).toEqual({ path: 'a' })
    expect(readOne(database, 'SELECT path FROM file_hashes WHERE bytes = 2')).toBeNull()
    expect(readAll(database, 'SELECT path FROM file_hashes')).toEqual([{ path: 'a' }])
  })

  test('does not write where it is asked to read', () => {
    const database = memoryDatabase()
    expect(() => readOne(database, `${insert} RETURNING path`, { path: 'a' })).toThrow('run as a read')
    expect(() => readAll(database, 'DELETE FROM file_hashes RETURNING path')).toThrow('run as a read')
  })

  test('says when a write did not change what it should', () => {
    const database = memoryDatabase()
    expect(() => writeExactlyOne(database, 'DELETE FROM file_hashes')).toThrow('Expected one row')
    write(database, insert, { path: 'a' })
    write(database, insert, { path: 'b' })
    expect(() => writeReturning(database, 'DELETE FROM file_hashes RETURNING path')).toThrow(
      'at most one row',
    )
  })

  test('keeps all steps of a transaction or none, also of one inside another', () => {
    const database = memoryDatabase()
    const paths = () =>
      readAll<{ path: string }>(database, 'SELECT path FROM file_hashes').map((row) => row.path)
    expect(() =>
      transaction(database, () => {
        write(database, insert, { path: 'a' })
        throw new Error('No.')
      }),
    ).toThrow('No.')
    expect(paths()).toEqual([])
    transaction(database, () => {
      write(database, insert, { path: 'outer' })
      expect(() =>
        transaction(database, () => {
          write(database, insert, { path: 'inner' })
          throw new Error('No.')
        }),
      ).toThrow('No.')
    })
    expect(paths()).toEqual(['outer'])
  })

  test('says that the disk is full in words for people', () => {
    const database = memoryDatabase()
    handleOf(database).pragma('max_page_count = 1')
    const fill = () => {
      for (let index = 0; index < 1000; index += 1)
        write(database, insert, { path: `${index}`.padStart(500, 'x') })
    }
    expect(fill).toThrow(expect.objectContaining({ code: 'disk_full' }))
  })
})
