import { once } from 'node:events'
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { errorReplySchema, errorTable, type ErrorCode } from '../../../contracts/errors.ts'
import { hugePng } from '../../support/huge-png.ts'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'
import { safetensorsOf } from '../../unit/domain/model-headers.ts'

const json = 'application/json'
let product: Product
let listed: string
let models: string

beforeAll(async () => {
  product = await startProduct()
  models = join(product.dataFolder, 'models')
})

beforeEach(async () => {
  listed = await list()
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

const list = async () => JSON.stringify(await product.invoke('list_generations', { limit: 200 }))

/** Sends something wrong, and checks that it is refused as it should and that nothing came of it. */
async function expectRefusal(
  code: ErrorCode,
  path: string,
  body: string | object,
  contentType = json,
  method = 'POST',
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const requestId = `wrong-${code}`
  const reply = await product.request(path, {
    method,
    headers: { 'x-request-id': requestId, ...(method === 'POST' ? { 'content-type': contentType } : {}) },
    ...(method === 'POST' ? { body: text } : {}),
  })
  const { error } = errorReplySchema.parse(await reply.json())
  expect(error).toMatchObject({ code, request_id: requestId })
  expect(reply.status).toBe(errorTable[code].status)
  expect(reply.headers.get('x-request-id')).toBe(requestId)
  expect(error.message).toContain(errorTable[code].advice)
  expect(await list()).toBe(listed)
  return error
}

const prompt = 'a red boat'

test.each([
  ['an empty prompt', { prompt: '' }, 'prompt'],
  ['a prompt of blanks', { prompt: ' \n ' }, 'prompt'],
  ['no prompt', {}, 'prompt'],
  ['20,000 characters', { prompt: 'x'.repeat(20_000) }, 'prompt'],
  ['a negative width', { prompt, width: -64 }, 'width'],
  ['a width that is no multiple of 8', { prompt, width: 100 }, 'width'],
  ['a huge width', { prompt, width: 1_000_000 }, 'width'],
  ['a width beyond the preset', { prompt, width: 1024 }, 'width'],
  ['a width that is text', { prompt, width: 'NaN' }, 'width'],
  ['no number for a width', { prompt, width: null }, 'width'],
  ['an unknown sampler', { prompt, sampler: 'magic' }, 'sampler'],
  ['an unknown scheduler', { prompt, scheduler: 'yesterday' }, 'scheduler'],
  ['unknown keys', { prompt, colour: 'red' }, 'colour'],
  ['a shape and a size', { prompt, aspect: 'square', width: 64 }, 'aspect'],
  ['too many pictures', { prompt, count: 5 }, 'count'],
  ['no steps', { prompt, steps: 0 }, 'steps'],
  ['a seed beyond all', { prompt, seed: 2 ** 32 }, 'seed'],
  ['an id that is none', { prompt, generation: '../1' }, 'generation'],
])(
  '[errors-input] [contracts-strict] generate with %s is refused, and the field is named',
  async (_, body, field) => {
    const { details } = await expectRefusal('invalid_input', '/api/generations', body)
    expect((details['fields'] as { field: string }[]).map((wrong) => wrong.field)).toContain(field)
  },
)

test.each([
  ['malformed JSON', '{"prompt": "a', json, 'invalid_json'],
  ['NaN', '{"prompt":"a","width":NaN}', json, 'invalid_json'],
  ['no body', '', json, 'invalid_json'],
  ['a list', '[]', json, 'invalid_input'],
  ['text in JSON', '"a"', json, 'invalid_input'],
  ['null', 'null', json, 'invalid_input'],
  ['plain text', 'a red boat', 'text/plain', 'unsupported_media_type'],
  ['a form', 'prompt=a', 'application/x-www-form-urlencoded', 'unsupported_media_type'],
  ['an unknown preset', { prompt, preset: 'no-such' }, json, 'preset_not_found'],
  ['an unknown source', { prompt, generation: '5' }, json, 'source_picture_not_found'],
] as const)('[errors-input] generate with %s is refused', async (_, body, type, code) => {
  await expectRefusal(code, '/api/generations', body, type)
})

test.each([
  ['GET', '/api/generations/abc', 'invalid_input'],
  ['GET', '/api/generations/0', 'invalid_input'],
  ['GET', '/api/generations/-1', 'invalid_input'],
  ['GET', '/api/generations/99999999999999999999', 'invalid_input'],
  ['GET', '/api/generations/9999999999999999', 'generation_not_found'],
  ['GET', '/api/generations/7', 'generation_not_found'],
  ['DELETE', '/api/generations/7', 'generation_not_found'],
  ['POST', '/api/generations/7/cancel', 'generation_not_found'],
  ['POST', '/api/generations/7/restore', 'generation_not_found'],
  ['GET', '/api/generations?cursor=abc', 'invalid_input'],
  ['GET', "/api/generations?cursor=1'%20OR%201=1", 'invalid_input'],
  ['GET', '/api/generations?limit=0', 'invalid_input'],
  ['GET', '/api/generations?limit=NaN', 'invalid_input'],
  ['GET', '/api/generations?limit=1&limit=2', 'invalid_input'],
  ['GET', '/api/generations?state=lost', 'invalid_input'],
  ['GET', '/api/generations?page=2', 'invalid_input'],
  ['GET', '/api/event-log?before=0', 'invalid_input'],
  ['DELETE', '/api/presets/mysticanvas-sketch', 'preset_read_only'],
  ['DELETE', '/api/presets/no-such', 'preset_not_found'],
  ['POST', '/api/workers/kitchen/restart', 'invalid_input'],
  ['GET', '/api/pictures/7/original', 'picture_not_found'],
  ['GET', '/api/pictures/7/secret', 'picture_not_found'],
  ['GET', '/api/no-such-thing', 'route_not_found'],
] as const)('[errors-input] %s %s is refused as %s', async (method, path, code) => {
  await expectRefusal(code, path, '{}', json, method)
})

test('[errors-input] a body of 40 MB is refused before it is sent', async () => {
  const { hostname, port } = new URL(product.url)
  const headers = {
    authorization: `Bearer ${product.token}`,
    'content-type': json,
    'content-length': 40_000_000,
  }
  const call = request({ hostname, port, path: '/api/generations', method: 'POST', headers })
  call.on('error', () => undefined)
  call.write('{"prompt":"')
  const [reply] = (await once(call, 'response')) as [IncomingMessage]
  expect(reply.statusCode).toBe(413)
  expect(errorReplySchema.parse(await new Response(Readable.toWeb(reply) as never).json()).error.code).toBe(
    'body_too_large',
  )
  call.destroy()
})

test('[errors-input] a cursor that was made up is a place in the list like any other', async () => {
  expect((await product.invoke('list_generations', { cursor: '9999999999999999' })).generations).toEqual(
    JSON.parse(listed).generations,
  )
  expect((await product.invoke('list_generations', { cursor: '1' })).generations).toEqual([])
})

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'

test.each([
  ['a bomb of 20,000 pixels a side', async () => hugePng(20_000), 'picture_too_large'],
  ['SVG', async () => Buffer.from(svg), 'picture_format_not_allowed'],
  ['text with the name of a picture', async () => Buffer.from('this is no picture'), 'picture_unreadable'],
  [
    'half a JPEG',
    async () =>
      (
        await sharp({ create: { width: 640, height: 640, channels: 3, background: '#f00' } })
          .jpeg()
          .toBuffer()
      ).subarray(0, 1000),
    'picture_unreadable',
  ],
] as const)('[errors-input] [http-uploads] %s is refused', async (_, bytes, code) => {
  await expectRefusal(code, '/api/pictures', { data_base64: (await bytes()).toString('base64') })
})

test('[errors-input] what is no base64 is refused, and so is a picture without a recipe', async () => {
  await expectRefusal('invalid_input', '/api/pictures', { data_base64: '!!!!' })
  const plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
    .png()
    .toBuffer()
  await expectRefusal('recipe_not_found', '/api/recipes/read', { data_base64: plain.toString('base64') })
})

test.each([
  ['gone', 'model_file_missing', (path: string) => rmSync(path)],
  ['truncated', 'model_file_truncated', (path: string) => truncateSync(path, 40)],
  ['no model any more', 'model_file_invalid', (path: string) => writeFileSync(path, 'x'.repeat(100))],
] as const)(
  '[model-bad-files] [errors-input] a preset whose file is %s is refused before any work',
  async (_, code, damage) => {
    const path = join(models, 'own.safetensors')
    writeFileSync(path, safetensorsOf({ weight: [1], other: [1] }))
    const saved = await product.invoke('save_preset', { id: 'own', name: 'Own', files: { model: path } })
    expect(saved.availability.state).toBe('ready')
    damage(path)
    const error = await expectRefusal(code, '/api/generations', { ...quick, preset: 'own' })
    expect(error.message).toContain('own.safetensors')
    const { presets } = await product.invoke('list_presets', {})
    expect(presets[0]).toMatchObject({ id: 'own', availability: { state: 'unavailable', problem: { code } } })
    await product.invoke('delete_preset', { preset: 'own' })
    rmSync(path, { force: true })
  },
)

test('[model-own-files] [errors-input] a preset takes no file outside the model folders, and nothing that is no model', async () => {
  symlinkSync('/etc/passwd', join(models, 'link.safetensors'))
  mkdirSync(join(models, 'folder.gguf'))
  writeFileSync(join(models, 'letter.gguf'), 'Dear aunt, this is not a model.')
  const save = (model: string, code: ErrorCode) =>
    expectRefusal(code, '/api/presets', { id: 'own', name: 'Own', files: { model } })
  await save('/etc/passwd', 'model_path_not_allowed')
  await save('/no/such/file', 'model_path_not_allowed')
  await save(join(models, '..', 'config.json'), 'model_path_not_allowed')
  await save(join(models, 'link.safetensors'), 'model_path_not_allowed')
  await save(join(models, 'gone.safetensors'), 'model_file_missing')
  await save(join(models, 'folder.gguf'), 'model_file_invalid')
  await save(join(models, 'letter.gguf'), 'model_file_invalid')
  await expectRefusal('preset_read_only', '/api/presets', {
    id: 'mysticanvas-sketch',
    name: 'Mine',
    files: { model: join(models, 'gone.safetensors') },
  })
})

test('[errors-input] after all that, a picture is made as ever', async () => {
  const { generations } = await product.invoke('generate', { ...quick })
  expect(await product.finished(generations[0]?.id ?? '')).toMatchObject({ state: 'completed', attempts: 1 })
})
