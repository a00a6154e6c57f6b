import { join } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDataFolder, removeDataFolders, thrifty } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'
import { lastAsked, lastOptions, putStandIn } from '../../support/stand-in-engine.ts'

let product: Product
let model: string

/** The product over a program that behaves like sd-server, put where a person would unpack a release. */
beforeAll(async () => {
  const dataFolder = await createDataFolder()
  putStandIn(join(dataFolder, 'engines', 'sd-master-1-bin-Linux'))
  model = join(dataFolder, 'models', 'mysticanvas-sketch.safetensors')
  product = await startProduct({ dataFolder })
  for (const [preset, files] of [
    ['plain', { model }],
    ['controlled', { model, control_net: model }],
  ] as const)
    await product.invoke('save_preset', { id: preset, name: preset, files, defaults: small })
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

const small = { width: 128, height: 64, steps: 2 }

async function upload(background: string, white?: OverlayOptions): Promise<string> {
  const ground = sharp({ create: { width: 256, height: 128, channels: 3, background } })
  const png = await (white === undefined ? ground : ground.composite([white])).png().toBuffer()
  return (await product.invoke('upload_picture', { data_base64: png.toString('base64') })).init_image
}

/** White in the right half. */
const rightHalf = {
  input: { create: { width: 128, height: 128, channels: 3, background: '#ffffff' } },
  left: 128,
  top: 0,
} as const

async function make(input: object) {
  const request = { ...quick, width: 128, height: 64, preset: 'plain', ...input }
  const { generations } = await product.invoke('generate', request)
  return product.finished(generations[0]?.id ?? '')
}

async function bytesOf(url: string | undefined): Promise<Buffer> {
  return Buffer.from(await (await product.request(url ?? '')).arrayBuffer())
}

const refused = (input: object) =>
  product.invoke('generate', { ...quick, ...input }).catch((error: unknown) => error)

test('[engine-choice] the System page knows the engine, and why it is this one', async () => {
  await expect
    .poll(() => engineOf(product), { timeout: 10_000 })
    .toMatchObject({
      engine: { name: 'sd-server' },
      engine_reason: expect.stringContaining('the folder engines'),
    })
})

test('[engine-mask] [generation-recipe] a picture changes where its mask is white, and keeps mask and recipe', async () => {
  const source = await upload('#2040c0')
  const mask = await upload('#000000', rightHalf)
  const made = await make({ init_image: source, mask_image: mask, strength: 0.7 })
  expect(made).toMatchObject({
    state: 'completed',
    error: null,
    recipe: { mode: 'img2img', source_picture: source, mask_picture: mask, engine: { name: 'sd-server' } },
  })
  const left = await sharp(await bytesOf(made.picture?.url))
    .extract({ left: 0, top: 0, width: 60, height: 64 })
    .raw()
    .toBuffer()
  expect(new Set(left.filter((_, at) => at % 3 === 0))).toEqual(new Set([0x20]))
  const sent = sharp(Buffer.from(String(lastAsked(model)['mask_image']), 'base64'))
  expect(await sent.metadata()).toMatchObject({ format: 'png', width: 128, height: 64, channels: 1 })
  const kept = await sharp(await bytesOf(`/api/pictures/${made.id}/mask`)).metadata()
  expect(kept).toMatchObject({ width: 256, height: 128 })
})

test('[engine-control] a control picture goes to the ControlNet of the preset, and is kept', async () => {
  const control = await upload('#000000', rightHalf)
  const made = await make({ preset: 'controlled', control_image: control, control_strength: 0.5 })
  expect(made).toMatchObject({
    state: 'completed',
    recipe: { mode: 'txt2img', control_picture: control, control_strength: 0.5 },
  })
  expect(lastOptions(model)).toMatchObject({ 'control-net': model })
  expect(lastAsked(model)).toMatchObject({ control_strength: 0.5 })
  expect((await product.request(`/api/pictures/${made.id}/control`)).status).toBe(200)
})

test('[errors-input] masks and control pictures that cannot be are refused', async () => {
  const [source, square] = [await upload('#2040c0'), await uploadSquare()]
  expect(await refused({ mask_image: source })).toMatchObject({ code: 'invalid_input' })
  expect(await refused({ init_image: source, mask_image: square })).toMatchObject({ code: 'invalid_input' })
  expect(await refused({ init_image: source, mask_image: 'a'.repeat(64) })).toMatchObject({
    code: 'source_picture_not_found',
  })
  expect(await refused({ control_strength: 0.5 })).toMatchObject({ code: 'invalid_input' })
  expect(await refused({ preset: 'plain', control_image: source })).toMatchObject({
    code: 'control_net_missing',
  })
})

test('[engine-mask] [engine-control] the embedded engine refuses both by name before anything is queued', async () => {
  const other = await startProduct({ config: { image_worker: { ...thrifty, engine: 'embedded' } } })
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const { init_image } = await other.invoke('upload_picture', { data_base64: png.toString('base64') })
  await expect
    .poll(() => engineOf(other), { timeout: 10_000 })
    .toMatchObject({ engine: { name: 'diffusion-cpp' } })
  const ask = (input: object) =>
    other.invoke('generate', { ...quick, ...input }).catch((error: unknown) => error)
  expect(await ask({ init_image, mask_image: init_image })).toMatchObject({
    code: 'unsupported_by_engine',
    details: { feature: 'masks' },
  })
  expect(await ask({ control_image: init_image })).toMatchObject({
    code: 'unsupported_by_engine',
    details: { feature: 'control pictures' },
  })
  await other.stop()
})

test('[engine-sd-server-cancel] a cancelled picture stops the program, and the next one is made', async () => {
  const { generations } = await product.invoke('generate', {
    ...quick,
    preset: 'plain',
    prompt: 'stubborn',
    steps: 100,
  })
  const id = generations[0]?.id ?? ''
  await product.feed.first(
    ({ event }) =>
      event.type === 'generation-progressed' && event.generation_id === id && event.progress.step > 0,
  )
  expect(await product.invoke('cancel_generation', { generation: id })).toMatchObject({ state: 'cancelled' })
  expect(await make({})).toMatchObject({ state: 'completed' })
})

/** What the product knows of its engine, which is asked for its health from time to time. */
async function engineOf(of: Product) {
  return (await of.invoke('get_system_status', {})).workers[0]
}

async function uploadSquare(): Promise<string> {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  return (await product.invoke('upload_picture', { data_base64: png.toString('base64') })).init_image
}
