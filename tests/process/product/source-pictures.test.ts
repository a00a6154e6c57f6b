import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

async function make(input: object) {
  const { generations } = await product.invoke('generate', { ...quick, steps: 4, ...input })
  return product.finished(generations[0]?.id ?? '')
}

/** How far two pictures are apart: the mean difference of their values. */
async function distance(one: Buffer, other: Buffer): Promise<number> {
  const [left, right] = await Promise.all(
    [one, other].map((bytes) => sharp(bytes).resize(64, 64).removeAlpha().raw().toBuffer()),
  )
  return (
    (left ?? Buffer.alloc(0)).reduce(
      (sum, value, index) => sum + Math.abs(value - (right?.[index] ?? 0)),
      0,
    ) / (left?.length ?? 1)
  )
}

async function bytesOf(url: string | undefined): Promise<Buffer> {
  return Buffer.from(await (await product.request(url ?? '')).arrayBuffer())
}

/** A blue square on an orange ground. */
function drawing() {
  const square = { create: { width: 100, height: 100, channels: 3, background: '#2040c0' } } as const
  const ground = { create: { width: 300, height: 200, channels: 3, background: '#e07020' } } as const
  return sharp(ground).composite([{ input: square, left: 100, top: 50 }])
}

test('[generation-source] [engine-img2img] [http-uploads] a picture starts from an upload, and stays near it when it is told to', async () => {
  const upload = await drawing().jpeg().toBuffer()
  const kept = await product.invoke('upload_picture', { data_base64: upload.toString('base64') })
  expect(kept).toMatchObject({ width: 300, height: 200 })
  const near = await make({ init_image: kept.init_image, strength: 0.3, seed: 5 })
  expect(near).toMatchObject({ state: 'completed', error: null })
  const far = await make({ init_image: kept.init_image, strength: 1, seed: 5 })
  expect(near.recipe).toMatchObject({
    mode: 'img2img',
    strength: 0.3,
    source_picture: kept.init_image,
    source_generation: null,
  })
  const source = await bytesOf(kept.url)
  expect((await bytesOf(`/api/pictures/${near.id}/init`)).equals(source)).toBe(true)
  expect(await distance(source, await bytesOf(near.picture?.url))).toBeLessThan(
    await distance(source, await bytesOf(far.picture?.url)),
  )
})

test('[http-uploads] the same picture is kept once', async () => {
  const data_base64 = (await drawing().png().toBuffer()).toString('base64')
  const [first, second] = [
    await product.invoke('upload_picture', { data_base64 }),
    await product.invoke('upload_picture', { data_base64 }),
  ]
  expect(second).toEqual(first)
})

test('[generation-source] a picture starts from an earlier one, in its shape', async () => {
  const first = await make({ width: 96, height: 64 })
  const { generations } = await product.invoke('generate', {
    prompt: 'a blue boat',
    steps: 4,
    generation: first.id,
    strength: 0.5,
  })
  const second = await product.finished(generations[0]?.id ?? '')
  expect(second).toMatchObject({
    state: 'completed',
    recipe: {
      mode: 'img2img',
      width: 96,
      height: 64,
      source_generation: first.id,
      source_picture: first.picture?.sha256,
    },
  })
  const init = await bytesOf(`/api/pictures/${second.id}/init`)
  expect(init.equals(await bytesOf(first.picture?.url))).toBe(true)
  expect((await product.request(`/api/pictures/${first.id}/init`)).status).toBe(404)
})

const refused = (input: object) =>
  product.invoke('generate', { ...quick, ...input }).catch((error: unknown) => error)

test('[errors-input] sources that cannot be are refused', async () => {
  const first = await make({})
  expect(await refused({ generation: '5' })).toMatchObject({ code: 'source_picture_not_found' })
  expect(await refused({ init_image: 'a'.repeat(64) })).toMatchObject({ code: 'source_picture_not_found' })
  expect(await refused({ init_image: 'a'.repeat(64), generation: first.id })).toMatchObject({
    code: 'invalid_input',
  })
  expect(await refused({ strength: 0.5 })).toMatchObject({ code: 'invalid_input' })
})
