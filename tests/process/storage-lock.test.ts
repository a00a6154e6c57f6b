import { expect, test } from 'vitest'
import { lockDataFolder } from '../../orchestrator/storage/lock.ts'
import { temporaryFolder } from '../unit/storage/support.ts'
import { startProgram } from './storage-programs.ts'

test('of several processes one gets the data folder, and another when that one is killed', async () => {
  const folder = temporaryFolder()
  const programs = Array.from({ length: 3 }, () => startProgram('lock', folder))
  await Promise.all(programs.map((program) => program.says('begun')))
  for (const program of programs) program.process.stdin?.write('now\n')
  await expect
    .poll(() => programs.map((program) => program.output().split('\n')[1]).toSorted())
    .toEqual(['data_folder_in_use', 'data_folder_in_use', 'locked'])
  expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data_folder_in_use' }))
  await programs.find((program) => program.output().includes('locked'))?.kill()
  lockDataFolder(folder)()
})
