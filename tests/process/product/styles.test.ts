import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPngRecipe } from '../../../orchestrator/storage/png-recipe.ts'
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

const bytesOf = async (url: string | undefined) =>
  Buffer.from(await (await product.request(url ?? '')).arrayBuffer())

test('[styles-generate] a picture in a style keeps the words of the person beside those the model was told', async () => {
  const input = { ...quick, prompt: 'a green tree', negative_prompt: 'snow', style: 'water-colour', seed: 3 }
  const { generations } = await product.invoke('generate', input)
  const made = await product.finished(generations[0]?.id ?? '')
  const words = {
    style: 'Watercolor',
    prompt: 'a green tree, watercolor painting',
    own_prompt: 'a green tree',
    negative_prompt: 'snow',
    own_negative_prompt: 'snow',
  }
  expect(made).toMatchObject({ state: 'completed', recipe: words })

  const inside = readPngRecipe(await bytesOf(made.picture?.url))
  expect(inside.recipe).toMatchObject(words)
  expect(inside.parameters).toMatch(/^a green tree, watercolor painting\n/)

  const found = await product.invoke('search_history', { query: 'style:watercolor' })
  expect(found.generations.map(({ id }) => id)).toEqual([made.id])

  // The same words in the style already: nothing is added a second time, and it is the same picture.
  const again = await product.invoke('generate', { ...input, prompt: words.prompt, style: 'Watercolor' })
  const copy = await product.finished(again.generations[0]?.id ?? '')
  expect(copy.recipe).toMatchObject(words)
  expect(copy.recipe).toEqual(made.recipe)
})

test('[styles-generate] a name that fits no style, or several, is refused and nothing is queued', async () => {
  const before = (await product.invoke('list_generations', {})).generations.length
  await expect(product.invoke('generate', { ...quick, style: 'no such thing' })).rejects.toMatchObject({
    code: 'style_not_found',
  })
  await expect(product.invoke('generate', { ...quick, style: 'film' })).rejects.toMatchObject({
    code: 'style_ambiguous',
    details: { candidates: ['Film noir', 'Film snapshot', 'Silent film'] },
  })
  expect((await product.invoke('list_generations', {})).generations).toHaveLength(before)
})

test('[styles-preview] a preview is made while nothing waits, gives way to a picture, and is no picture of the gallery', async () => {
  const before = (await product.invoke('list_generations', {})).generations.length
  const { styles } = await product.invoke('get_styles', { query: 'watercolor' })
  const id = styles.find(({ name }) => name === 'Watercolor')?.id ?? 0
  // A slow one is at work when the picture is asked for; it is made afterwards all the same.
  const slow = { name: 'Slow', prompt_template: 'slow {prompt}', parameters: { steps: 60 } }
  const { id: slowId } = await product.invoke('save_style', slow)
  expect(await product.invoke('make_style_previews', { styles: [slowId] })).toEqual({ queued: 1 })
  await expect
    .poll(
      async () => (await product.invoke('list_jobs', { state: 'running' })).jobs.map(({ kind }) => kind),
      {
        timeout: 20_000,
      },
    )
    .toContain('style_preview')
  const { generations } = await product.invoke('generate', quick)
  expect(await product.finished(generations[0]?.id ?? '')).toMatchObject({ state: 'completed', attempts: 1 })
  expect(product.feed.count('style-previewed')).toBe(0)

  // Changed while it is made anew, it is made once more as it looks now.
  const changed = { id: slowId, prompt_template: 'quick {prompt}', parameters: { steps: 2 } }
  await product.invoke('save_style', changed)
  await product.invoke('make_style_previews', { styles: [id] })
  const told = ({ event }: (typeof product.feed.events)[number]) =>
    event.type === 'style-previewed' ? event.style : null
  await product.feed.first((event) => told(event) === slowId)
  await product.feed.first((event) => told(event) === id)

  const [style] = (await product.invoke('get_styles', { query: 'watercolor painting' })).styles
  const reply = await product.request(style?.preview_url ?? '')
  expect(reply.headers.get('content-type')).toBe('image/webp')
  const picture = await sharp(Buffer.from(await reply.arrayBuffer())).metadata()
  expect([picture.width, picture.height, picture.format]).toEqual([128, 128, 'webp'])
  expect((await product.invoke('list_generations', {})).generations).toHaveLength(before + 1)
  for (const address of ['/api/styles/999999/preview', '/api/styles/x/preview', '/api/styles/..%2f1/preview'])
    expect((await product.request(address)).status).toBe(404)
}, 300_000)

test('[styles-preview] one for a style that is not there is refused', async () => {
  await expect(product.invoke('make_style_previews', { styles: [999_999] })).rejects.toMatchObject({
    code: 'style_not_found',
  })
})
