import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { picturePath } from '../../orchestrator/storage/picture-paths.ts'
import { removeTemporaryFiles } from '../../orchestrator/storage/picture-upkeep.ts'
import { temporaryFolder } from '../unit/storage/support.ts'
import { startProgram, wait } from './storage-programs.ts'

const bytes = 3_000_000

test('[storage-picture-atomic] a picture whose writing is killed at any moment is the old one or the new one', async () => {
  const folder = temporaryFolder()
  const path = picturePath(Date.now() * 1024, 'original')
  let leftovers = 0
  for (let turn = 0; turn < 12; turn += 1) {
    const program = startProgram('write-pictures', folder, path, String(bytes))
    await program.says('begun')
    await wait(Math.random() * 60)
    await program.kill()
    const content = readFileSync(join(folder, path))
    expect(content.length).toBe(bytes)
    expect(content.equals(Buffer.alloc(bytes, content[0]))).toBe(true)
    leftovers += await removeTemporaryFiles(folder)
    expect(readdirSync(dirname(join(folder, path)))).toHaveLength(1)
  }
  expect(leftovers).toBeGreaterThan(0)
})
