import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockDataFolder } from '../../../orchestrator/storage/lock.ts'
import { temporaryFolder } from './support.ts'

const inUse = expect.objectContaining({ code: 'data_folder_in_use' })

test('a data folder has one owner at a time', () => {
  const folder = temporaryFolder()
  const release = lockDataFolder(folder)
  expect(() => lockDataFolder(folder)).toThrow(inUse)
  expect(() => lockDataFolder(folder)).toThrow(inUse)
  release()
  lockDataFolder(folder)()
})

test('data folders are locked one by one', () => {
  const [one, other] = [temporaryFolder(), temporaryFolder()]
  const releases = [lockDataFolder(one), lockDataFolder(other)]
  for (const folder of [one, other]) expect(() => lockDataFolder(folder)).toThrow(inUse)
  for (const release of releases) release()
})

test('a lock that cannot be had for another reason says so', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'run', 'lock.sqlite'), { recursive: true })
  expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data_folder_read_only' }))
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(() => lockDataFolder(file)).toThrow('ENOTDIR')
})
