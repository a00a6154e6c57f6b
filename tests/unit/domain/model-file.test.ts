import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inspectModelFile } from '../../../orchestrator/domain/presets/model-file.ts'
import { gguf, safetensors, safetensorsOf } from './model-headers.ts'
import { codeOf, temporaryFolder } from './support.ts'

const attention = 'model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight'

function write(content: Uint8Array): string {
  const path = join(temporaryFolder(), 'model.safetensors')
  writeFileSync(path, content)
  return path
}

test.each([
  ['sd1', { [attention]: [320, 768] }],
  ['sd2', { [attention]: [320, 1024] }],
  ['sdxl', { [attention]: [640, 2048] }],
  ['sd3', { 'joint_blocks.0.x_block.attn.qkv.weight': [1, 1] }],
  ['flux', { 'double_blocks.0.img_attn.qkv.weight': [1, 1] }],
  ['unknown', { 'some.weight': [1, 1] }],
])(
  '[model-own-files] a model of the family %s is known by its tensors, in either format',
  async (family, tensors) => {
    expect(await inspectModelFile(write(safetensorsOf(tensors)))).toMatchObject({
      family,
      format: 'safetensors',
      tensorCount: 1,
    })
    expect(await inspectModelFile(write(gguf(tensors)))).toMatchObject({
      family,
      format: 'gguf',
      tensorCount: 1,
    })
  },
)

test('[model-own-files] metadata in a safetensors file is no tensor', async () => {
  const header = {
    __metadata__: { format: 'pt' },
    weight: { dtype: 'F16', shape: [2, 2], data_offsets: [0, 8] },
  }
  expect(await inspectModelFile(write(safetensors(JSON.stringify(header), 8)))).toMatchObject({
    tensorCount: 1,
    bytes: expect.any(Number),
  })
})

const tensor = { shape: [4], data_offsets: [0, 4] } as const

test.each([
  ['an empty file', Buffer.alloc(0), 'model_file_invalid'],
  ['a few bytes', Buffer.from('abc'), 'model_file_invalid'],
  ['text', Buffer.from('This is not a model, but a letter to my aunt.'), 'model_file_invalid'],
  ['a zip, as pickled checkpoints are', Buffer.from('PK\x03\x04'.padEnd(64, 'x')), 'model_file_invalid'],
  ['a header that is cut off', safetensors({ weight: tensor }, 4).subarray(0, 30), 'model_file_truncated'],
  ['data that is cut off', safetensors({ weight: tensor }, 3), 'model_file_truncated'],
  ['a header without tensors', safetensors({}, 10), 'model_file_invalid'],
  ['a header that is no JSON', safetensors('{"weight": oh no', 10), 'model_file_invalid'],
  ['a header that is a list', safetensors('{}'.padEnd(4) + '[]', 10), 'model_file_invalid'],
  ['a tensor without offsets', safetensors('{"weight":{"shape":[1]}}', 10), 'model_file_invalid'],
  [
    'a tensor with a negative offset',
    safetensors('{"weight":{"shape":[1],"data_offsets":[-1,2]}}', 10),
    'model_file_invalid',
  ],
  ['a header of absurd length', hugeHeader(2n ** 63n - 1n), 'model_file_invalid'],
  ['a header longer than any', hugeHeader(2n ** 30n), 'model_file_invalid'],
  ['GGUF of version 1', gguf({ weight: [4] }, { version: 1 }), 'model_file_invalid'],
  ['GGUF of a version to come', gguf({ weight: [4] }, { version: 9 }), 'model_file_invalid'],
  ['GGUF without tensors', gguf({}), 'model_file_invalid'],
  ['GGUF with its header cut off', gguf({ weight: [4] }).subarray(0, 100), 'model_file_truncated'],
  ['GGUF without its data', gguf({ weight: [4], other: [4] }, { dataBytes: 32 }), 'model_file_truncated'],
  [
    'GGUF with an absurd number of tensors',
    Buffer.from('GGUF\x03\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff'.padEnd(64, '\0'), 'latin1'),
    'model_file_invalid',
  ],
])('[model-bad-files] %s is refused', async (_, content, code) => {
  expect(await codeOf(() => inspectModelFile(write(content)))).toBe(code)
})

test('[model-bad-files] a file that is gone is named', async () => {
  await expect(inspectModelFile('/no/such/model.gguf')).rejects.toMatchObject({
    code: 'model_file_missing',
    details: { path: '/no/such/model.gguf' },
  })
})

test('[model-bad-files] a folder and a pipe are refused without waiting', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'model.gguf'))
  execFileSync('mkfifo', [join(folder, 'pipe.gguf')])
  expect(await codeOf(() => inspectModelFile(join(folder, 'model.gguf')))).toBe('model_file_invalid')
  expect(await codeOf(() => inspectModelFile(join(folder, 'pipe.gguf')))).toBe('model_file_invalid')
})

test('[model-bad-files] whatever is in a file, it is a model or refused with a code', async () => {
  const path = join(temporaryFolder(), 'model')
  const good = [
    safetensorsOf({ [attention]: [320, 768], other: [1] }),
    gguf({ [attention]: [320, 768], other: [1] }),
  ]
  const damaged = fc.record({
    file: fc.constantFrom(...good),
    length: fc.nat({ max: 600 }),
    changes: fc.array(fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
  })
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
    fc
      .uint8Array({ maxLength: 600 })
      .map((bytes) => Buffer.concat([Buffer.from('GGUF\x03\0\0\0', 'latin1'), bytes])),
    fc.json().map((json) => safetensors(json, 16)),
    damaged.map(({ file, length, changes }) => {
      const bytes = Buffer.from(file.subarray(0, Math.max(file.length - 40, length)))
      for (const [position, value] of changes) bytes[position % bytes.length] = value
      return bytes
    }),
  )
  const expected = ['no error', 'model_file_invalid', 'model_file_truncated']
  await fc.assert(
    fc.asyncProperty(anything, async (bytes) => {
      writeFileSync(path, bytes)
      expect(expected).toContain(await codeOf(() => inspectModelFile(path)))
    }),
    { numRuns: 500 },
  )
}, 30_000)

function hugeHeader(length: bigint): Buffer {
  const bytes = Buffer.alloc(64, '{')
  bytes.writeBigUInt64LE(length)
  return bytes
}
