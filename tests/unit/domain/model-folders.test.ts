import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { listModelFilesIn, requireModelPath } from '../../../orchestrator/domain/presets/model-folders.ts'
import { codeOf, temporaryFolder } from './support.ts'

let inside: string
let outside: string

beforeEach(() => {
  const root = temporaryFolder()
  inside = join(root, 'models')
  outside = join(root, 'models-of-others')
  for (const folder of [inside, outside]) {
    mkdirSync(folder)
    writeFileSync(join(folder, 'model.gguf'), 'x')
  }
})

const refused = (path: string) => codeOf(() => requireModelPath(path, [inside]))

test('[model-own-files] a file in a model folder may be named, also through a link to the folder', async () => {
  symlinkSync(inside, `${inside}-link`)
  expect(await requireModelPath(join(`${inside}-link`, 'model.gguf'), [inside])).toBe(
    join(inside, 'model.gguf'),
  )
  expect(await requireModelPath(join(inside, 'model.gguf'), [`${inside}-link`])).toBe(
    join(inside, 'model.gguf'),
  )
})

test('[model-own-files] a file outside is refused, by whatever path', async () => {
  symlinkSync(join(outside, 'model.gguf'), join(inside, 'link.gguf'))
  for (const path of [
    join(outside, 'model.gguf'),
    join(inside, 'link.gguf'),
    `${inside}/../models-of-others/model.gguf`,
    '/etc/passwd',
    'model.gguf',
    inside,
  ]) {
    expect(await refused(path), path).toBe('model_path_not_allowed')
  }
})

test('[model-bad-files] a file that is not there is missing inside, and nobody learns whether one is there outside', async () => {
  expect(await refused(join(inside, 'gone.gguf'))).toBe('model_file_missing')
  expect(await refused(join(outside, 'gone.gguf'))).toBe('model_path_not_allowed')
  expect(await refused(`${inside}/../models-of-others/gone.gguf`)).toBe('model_path_not_allowed')
})

test('[model-own-files] model files are listed, also those in folders below; others and broken links are not', async () => {
  mkdirSync(join(inside, 'flux'))
  writeFileSync(join(inside, 'flux', 'dev.safetensors'), 'xyz')
  writeFileSync(join(inside, 'notes.txt'), 'x')
  symlinkSync('/nowhere', join(inside, 'broken.gguf'))
  const found = await listModelFilesIn([inside, join(inside, 'no-such-folder')])
  expect(found.toSorted((left, right) => left.bytes - right.bytes)).toEqual([
    { path: join(inside, 'model.gguf'), bytes: 1 },
    { path: join(inside, 'flux', 'dev.safetensors'), bytes: 3 },
  ])
})
