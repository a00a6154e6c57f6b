import { openSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { ProductError } from '../../../contracts/errors.ts'
import { hasCode, storageErrorFrom } from '../../../orchestrator/storage/storage-error.ts'

const withCode = (code: unknown) => Object.assign(new Error('No.'), { code })

describe('an error of the disk', () => {
  test.each([
    ['ENOSPC', 'disk_full'],
    ['EDQUOT', 'disk_full'],
    ['SQLITE_FULL', 'disk_full'],
    ['EROFS', 'data_folder_read_only'],
    ['EACCES', 'data_folder_read_only'],
    ['SQLITE_READONLY', 'data_folder_read_only'],
    ['SQLITE_READONLY_DIRECTORY', 'data_folder_read_only'],
    ['SQLITE_CANTOPEN', 'data_folder_read_only'],
    ['SQLITE_CANTOPEN_ISDIR', 'data_folder_read_only'],
    ['SQLITE_CORRUPT', 'database_damaged'],
    ['SQLITE_CORRUPT_INDEX', 'database_damaged'],
    ['SQLITE_NOTADB', 'database_damaged'],
  ])('%s means %s', (code, meaning) => {
    const error = withCode(code)
    expect(storageErrorFrom(error)).toMatchObject({ code: meaning, cause: error, details: { reason: code } })
  })

  test.each([
    withCode('ENOENT'),
    withCode('SQLITE_CONSTRAINT_UNIQUE'),
    withCode(7),
    new Error('No.'),
    'text',
    null,
  ])('anything else stays what it is', (error) => expect(storageErrorFrom(error)).toBe(error))

  test('one that is understood already stays what it is', () => {
    const error = new ProductError('queue_full')
    expect(storageErrorFrom(error)).toBe(error)
  })

  test.runIf(process.platform === 'linux')('the codes are those the system gives', () => {
    const full = openSync('/dev/full', 'w')
    expect(() => writeSync(full, 'x')).toThrow(expect.toSatisfy((error) => hasCode(error, 'ENOSPC')))
    expect(() => new Sqlite('/proc/none.sqlite')).toThrow(
      expect.toSatisfy((error) => hasCode(error, 'SQLITE_CANTOPEN')),
    )
  })
})
