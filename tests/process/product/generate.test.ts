import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CapabilityInput } from '../../../contracts/capabilities/index.ts'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { EventFeed } from '../../support/product-events.ts'
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

async function queue(input: Partial<CapabilityInput<'generate'>> = {}): Promise<Generation[]> {
  return (await product.invoke('generate', { ...quick, ...input })).generations
}

async function make(input: Partial<CapabilityInput<'generate'>> = {}): Promise<Generation> {
  const [queued] = await queue(input)
  return product.finished(queued?.id ?? '')
}

async function bytesOf(
  url: string | null | undefined,
  headers: Record<string, string> = {},
): Promise<Buffer> {
  return Buffer.from(await (await product.request(url ?? '', { headers })).arrayBuffer())
}

async function pixelsOf(generation: Generation): Promise<Buffer> {
  return sharp(await bytesOf(generation.picture?.url))
    .raw()
    .toBuffer()
}

test('[engine-txt2img] [generation-recipe] a prompt becomes a picture with its complete recipe', async () => {
  const made = await make({ prompt: 'a red boat on the sea', seed: 7 })
  expect(made).toMatchObject({
    state: 'completed',
    attempts: 1,
    error: null,
    queue_position: null,
    progress: null,
  })
  expect(made.recipe).toMatchObject({
    seed: 7,
    width: 64,
    steps: 2,
    mode: 'txt2img',
    engine: { name: 'diffusion-cpp' },
  })
  expect(made.recipe.preset.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  const bytes = await bytesOf(made.picture?.url)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.picture?.sha256)
  expect(bytes).toHaveLength(made.picture?.bytes ?? 0)
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 64, height: 64 })
})

test('[generation-progress] the steps are told as they are done', async () => {
  const [queued] = await queue({ steps: 4 })
  const id = queued?.id ?? ''
  await product.finished(id)
  const told = product.feed.events.map(({ event }) => event)
  const types = told.flatMap((event) =>
    'generation' in event && event.generation.id === id ? [event.type] : [],
  )
  expect(types.slice(0, 3)).toEqual(['generation-queued', 'generation-started', 'generation-completed'])
  const progress = told.flatMap((event) =>
    event.type === 'generation-progressed' && event.generation_id === id ? [event.progress] : [],
  )
  expect(progress.map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(['preparing', 'sampling', 'decoding']),
  )
  const steps = progress.filter(({ phase, step }) => phase === 'sampling' && step > 0)
  expect(steps.map(({ step, total }) => `${step}/${total}`)).toEqual(['1/4', '2/4', '3/4', '4/4'])
  expect(steps.every(({ remaining_ms }) => remaining_ms !== null)).toBe(true)
})

test('[engine-txt2img] the same seed gives the same pixels, another one does not', async () => {
  const [first, second, other] = [await make({ seed: 1 }), await make({ seed: 1 }), await make({ seed: 2 })]
  const pixels = await pixelsOf(first)
  expect(pixels.equals(await pixelsOf(second))).toBe(true)
  expect(pixels.equals(await pixelsOf(other))).toBe(false)
})

test('[generation-order] several pictures keep their order and take consecutive seeds', async () => {
  const [blocking] = await queue({ steps: 6 })
  const queued = await queue({ count: 3, seed: 4_294_967_294 })
  expect(queued.map(({ queue_position }) => queue_position)).toEqual(
    [0, 1, 2].map((place) => place + (queued[0]?.queue_position ?? 0)),
  )
  expect(queued.map(({ recipe }) => recipe.seed)).toEqual([4_294_967_294, 4_294_967_295, 0])
  const done = await Promise.all([blocking, ...queued].map((one) => product.finished(one?.id ?? '')))
  const ends = done.map(({ finished_at }) => String(finished_at))
  expect(ends).toEqual(ends.toSorted())
  expect(done.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'completed'))
})

test('[generation-thumbnails] small pictures follow the large one', async () => {
  const made = await make({ width: 320, height: 64, steps: 1 })
  // The tags from the prompt are told by an event of the same type, before or after.
  await product.feed.first(
    ({ event }) =>
      event.type === 'generation-updated' &&
      event.generation.id === made.id &&
      event.generation.picture?.thumbnail_url !== null,
  )
  const { picture } = await product.invoke('get_generation', { generation: made.id })
  expect(await sharp(await bytesOf(picture?.thumbnail_url)).metadata()).toMatchObject({
    format: 'webp',
    width: 256,
    height: 51,
  })
  expect(await sharp(await bytesOf(picture?.preview_url)).metadata()).toMatchObject({
    format: 'webp',
    width: 320,
    height: 64,
  })
})

test('[http-pictures] a picture is served whole, in part, or not again', async () => {
  const { id, picture } = await make()
  const whole = await product.request(picture?.url ?? '')
  expect(whole.headers.get('content-type')).toBe('image/png')
  expect(whole.headers.get('cache-control')).toContain('immutable')
  const bytes = Buffer.from(await whole.arrayBuffer())
  expect((await bytesOf(picture?.url, { range: 'bytes=10-19' })).equals(bytes.subarray(10, 20))).toBe(true)
  const again = await product.request(picture?.url ?? '', {
    headers: { 'if-none-match': whole.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
  })
  expect(again.status).toBe(304)
  const saved = await product.request(`${picture?.url}?download`)
  expect(saved.headers.get('content-disposition')).toBe(`attachment; filename="mysticanvas-${id}.png"`)
  expect((await fetch(product.url + picture?.url)).status).toBe(401)
})

test('[storage-recipe-in-png] a picture tells how it was made', async () => {
  const made = await make({ prompt: 'a green tree', negative_prompt: 'snow', seed: 9 })
  const data = (await bytesOf(made.picture?.url)).toString('base64')
  const { recipe, parameters } = await product.invoke('read_recipe', { data_base64: data })
  expect(recipe).toEqual(made.recipe)
  expect(parameters).toContain('a green tree\nNegative prompt: snow\nSteps: 2')
  const again = await make({
    prompt: recipe?.prompt ?? '',
    negative_prompt: recipe?.negative_prompt ?? '',
    seed: recipe?.seed ?? 0,
  })
  expect((await pixelsOf(again)).equals(await pixelsOf(made))).toBe(true)
})

test('[storage-keyset] [generation-bin] pictures are listed, put in the bin and brought back', async () => {
  const made = [await make(), await make(), await make()].map(({ id }) => id)
  const ids = async (query: object) =>
    (await product.invoke('list_generations', query)).generations.map(({ id }) => id)
  expect((await ids({})).slice(0, 3)).toEqual(made.toReversed())
  const page = await product.invoke('list_generations', { limit: 2 })
  expect((await ids({ limit: 1, cursor: page.next_cursor ?? '' }))[0]).toBe(made[0])
  const gone = made[1] ?? ''
  const deleted = await product.invoke('delete_generation', { generation: gone })
  expect(deleted.deleted_at).not.toBeNull()
  expect([await ids({}), await ids({ deleted: true })]).toEqual([expect.not.arrayContaining([gone]), [gone]])
  await product.invoke('restore_generation', { generation: gone })
  expect((await ids({})).slice(0, 3)).toEqual(made.toReversed())
})

test('[model-vocabulary] the words the model knows are told', async () => {
  const [queued] = await queue({ prompt: 'a red submarine in the snow' })
  expect(queued?.prompt_words).toEqual({ known: ['red', 'snow'], unknown: ['submarine'] })
})

test('[http-events] a client that comes back gets what it missed', async () => {
  const seen = product.feed.lastId
  const made = await make()
  const end =
    (
      await product.feed.first(
        ({ event }) => event.type === 'generation-completed' && event.generation.id === made.id,
      )
    ).id ?? 0
  const later = await EventFeed.open(product.url, product.token, seen)
  await later.first(({ id }) => id === end)
  later.close()
  const stored = (feed: EventFeed) => feed.events.filter(({ id }) => id !== null && id > seen && id <= end)
  expect(stored(later)).toEqual(stored(product.feed))
  expect(stored(later).length).toBeGreaterThanOrEqual(3)
})

test.each(['short', 'x'.repeat(64)])(
  '[contracts-errors] the request id %j goes all the way',
  async (requestId) => {
    // A long prompt comes in several pieces, and the request must not be lost in between.
    const body = JSON.stringify({ ...quick, prompt: `a boat ${'and another '.repeat(300)}`, steps: 1 })
    const headers = { 'content-type': 'application/json', 'x-request-id': requestId }
    const reply = await product.request('/api/generations', { method: 'POST', body, headers })
    const { generations } = (await reply.json()) as { generations: Generation[] }
    const made = await product.finished(generations[0]?.id ?? '')
    expect(made.request_id).toBe(requestId)
    const { events } = await product.invoke('list_events', { request_id: requestId })
    expect(events.map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(['generation-queued', 'generation-started', 'generation-completed']),
    )
  },
)
