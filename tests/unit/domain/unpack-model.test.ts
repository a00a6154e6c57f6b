import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import type { BuiltInModel } from '../../../orchestrator/domain/presets/manifest.ts'
import { unpackModel } from '../../../orchestrator/domain/presets/unpack-model.ts'
import { codeOf, temporaryFolder } from './support.ts'

const content = randomBytes(5 * 1024 * 1024)
const packed = zstdCompressSync(content)
let shipped: string
let folder: string
let target: string

beforeEach(() => {
  shipped = temporaryFolder()
  folder = temporaryFolder()
  target = join(folder, 'model.safetensors')
  writeFileSync(join(shipped, 'model.zst'), packed)
})

function model(changes: Partial<BuiltInModel['unpacked']> = {}): BuiltInModel {
  const unpacked = {
    file: 'model.safetensors',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    ...changes,
  }
  return {
    name: 'Small',
    folder: shipped,
    packed: { file: 'model.zst', bytes: packed.length, sha256: '' },
    unpacked,
  } as BuiltInModel
}

async function expectUnpacked(): Promise<number[]> {
  const shares: number[] = []
  expect(await unpackModel(model(), folder, (share) => shares.push(share))).toBe(target)
  expect(readFileSync(target).equals(content)).toBe(true)
  expect(readdirSync(folder)).toEqual(['model.safetensors'])
  return shares
}

test('[model-unpack] a model is unpacked, with progress up to the end', async () => {
  const shares = await expectUnpacked()
  expect(shares.at(-1)).toBe(1)
  expect(shares.toSorted((left, right) => left - right)).toEqual(shares)
})

test('[model-unpack] an unpacked model is left alone', async () => {
  await expectUnpacked()
  expect(await expectUnpacked()).toEqual([])
})

test('[model-unpack] an interrupted run is continued: what it wrote is kept', async () => {
  const partial = `${target}.partial`
  writeFileSync(partial, content.subarray(0, 3_000_001))
  expect((await expectUnpacked()).at(-1)).toBe(1)
})

test('[model-unpack] what was written wrongly before is written anew', async () => {
  const damaged = Buffer.from(content.subarray(0, 3_000_001))
  damaged[17] = (damaged[17] ?? 0) ^ 1
  writeFileSync(`${target}.partial`, damaged)
  await expectUnpacked()
})

test('[model-unpack] more than the whole in the partial file is written anew', async () => {
  writeFileSync(`${target}.partial`, Buffer.concat([content, Buffer.from('and more')]))
  await expectUnpacked()
})

test('[model-unpack] a file of another size under the name is replaced', async () => {
  writeFileSync(target, 'half')
  await expectUnpacked()
})

test.each([
  ['cut off', packed.subarray(0, packed.length / 2)],
  ['no archive', Buffer.from('not an archive')],
  ['empty', Buffer.alloc(0)],
])('[model-unpack] a shipped file that is %s is told, and nothing stays', async (_, bytes) => {
  writeFileSync(join(shipped, 'model.zst'), bytes)
  expect(await codeOf(() => unpackModel(model(), folder, () => undefined))).toBe('model_unpack_failed')
  expect(readdirSync(folder)).toEqual([])
})

test('[model-unpack] a shipped file with another content is told', async () => {
  expect(await codeOf(() => unpackModel(model({ sha256: '0'.repeat(64) }), folder, () => undefined))).toBe(
    'model_unpack_failed',
  )
  expect(existsSync(target)).toBe(false)
})

test('[model-unpack] a shipped file that is not there is told', async () => {
  await expect(
    unpackModel({ ...model(), folder: '/nowhere' }, folder, () => undefined),
  ).rejects.toMatchObject({ code: 'ENOENT' })
})

test('[model-unpack] too little space is told before anything is written', async () => {
  expect(await codeOf(() => unpackModel(model({ bytes: 2 ** 50 }), folder, () => undefined))).toBe(
    'disk_full',
  )
  expect(readdirSync(folder)).toEqual([])
})
