import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
  const { generations } = await product.invoke('generate', { ...quick, steps: 6, ...input })
  const made = await product.finished(generations[0]?.id ?? '')
  // The hash comes with the thumbnails.
  await product.feed.first(
    ({ event }) =>
      event.type === 'generation-updated' &&
      event.generation.id === made.id &&
      event.generation.picture?.thumbnail_url !== null,
  )
  return made
}

test('[analysis-pixels] [analysis-similar] [analysis-honest] a real picture is measured and found again', async () => {
  const first = await make({ seed: 7 })
  const again = await make({ seed: 7 })
  const other = await make({ prompt: 'a castle at midnight', seed: 3 })
  const analysis = await product.invoke('analyze_image', { generation: again.id, question: 'Is it a boat?' })
  expect(analysis).toMatchObject({
    analyzer: 'pixels',
    generation: again.id,
    answer: null,
    asked_for: 'a red boat',
    measurements: { width: 64, height: 64, orientation: 'square', blank: false },
  })
  expect(analysis.colors.length).toBeGreaterThan(1)
  const similar = analysis.similar.map(({ generation }) => generation)
  expect(similar).toContain(first.id)
  expect(similar).not.toContain(again.id)
  expect((await product.invoke('analyze_image', {})).generation).toBe(other.id)

  await product.invoke('delete_generation', { generation: first.id })
  expect((await product.invoke('analyze_image', { generation: again.id })).similar).toEqual(
    analysis.similar.filter(({ generation }) => generation !== first.id),
  )
})

test('[analysis-similar] an upload that was made from a picture finds it', async () => {
  const made = await make({ prompt: 'a green tree in a meadow', seed: 11 })
  const original = Buffer.from(await (await product.request(made.picture?.url ?? '')).arrayBuffer())
  const jpeg = await sharp(original).resize(200, 200).jpeg({ quality: 60 }).toBuffer()
  const { init_image } = await product.invoke('upload_picture', { data_base64: jpeg.toString('base64') })
  const { similar, generation } = await product.invoke('analyze_image', { init_image })
  expect(generation).toBeNull()
  expect(similar[0]?.generation).toBe(made.id)
})

test('[analysis-errors] [prompts-any-text] wrong calls are refused over HTTP with their codes', async () => {
  const post = (body: object) =>
    product.request('/api/prompts/enhance', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const replies: [Promise<Response>, number, string][] = [
    [product.request('/api/analysis?generation=5'), 404, 'generation_not_found'],
    [product.request('/api/analysis?generation=newest'), 400, 'invalid_input'],
    [product.request(`/api/analysis?init_image=${'a'.repeat(64)}`), 404, 'source_picture_not_found'],
    [post({ user_input: ' ' }), 400, 'invalid_input'],
    [post({ user_input: 'a boat', preset: 'no-such-preset' }), 404, 'preset_not_found'],
  ]
  for (const [reply, status, code] of replies) {
    const answer = await reply
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error: { code } })
  }
})

test('[prompts-enhance] [prompts-files] rules are changed and broken without a restart', async () => {
  const place = async () => (await product.invoke('enhance_prompt', { user_input: 'a boat' })).edits[0]?.text
  expect(await place()).toBe('on the sea')
  const original = readFileSync(join(import.meta.dirname, '../../../prompts/enhance-prompt.md'), 'utf8')
  const own = join(product.dataFolder, 'prompts')
  mkdirSync(own)
  const copy = join(own, 'enhance-prompt.md')
  writeFileSync(copy, original.replace('on the sea]', 'on the water]'))
  expect(await place()).toBe('on the water')
  writeFileSync(copy, `${original.slice(0, 200)}\n`)
  expect(await place()).toBe('on the sea')
  const { message } = await product.feed.first(({ event }) => event.type === 'prompt-file-rejected')
  expect(message).toMatch(/^prompts\/enhance-prompt\.md, line 1: /)
})
