import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CapabilityOutput } from '../../../contracts/capabilities/index.ts'
import {
  failureOf,
  codeOf,
  openNewest,
  overHttp,
  type AnyClient,
  type ToolResult,
} from '../../support/mcp-clients.ts'
import { removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

/** Long enough to be interrupted, on the fastest machine. */
const slow = { ...quick, width: 128, height: 128, steps: 150 }

/** Takes longer than a client that gives up at once, and not much longer. */
const unhurried = { ...quick, steps: 12 }

let product: Product
let agent: Awaited<ReturnType<typeof openNewest>>

beforeAll(async () => {
  product = await startProduct()
  agent = await openNewest(overHttp(product), { name: 'first-agent' })
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

function generationsOf(result: ToolResult): CapabilityOutput<'generate'>['generations'] {
  return (result.structuredContent as CapabilityOutput<'generate'>).generations
}

function textOf({ content }: ToolResult): string {
  return content.flatMap(({ text }) => text ?? []).join('\n')
}

async function make(client: AnyClient, input: object): Promise<string> {
  const [made] = generationsOf(await client.call('generate', { ...quick, ...input }))
  return made?.id ?? ''
}

test('[mcp-handle-first] a call answers at once with an id under which the picture is found', async () => {
  const result = await agent.call('generate', unhurried)
  const [queued] = generationsOf(result)
  expect(queued?.state).toMatch(/^(queued|running)$/)
  expect(textOf(result)).toContain(`Picture ${queued?.id} is not finished`)
  expect(result.content.map(({ type }) => type)).toEqual(['text'])
  await product.finished(queued?.id ?? '')
  const later = await agent.call('get_generation', { generation: queued?.id ?? '' })
  expect(later.structuredContent).toMatchObject({ state: 'completed' })
})

test('[mcp-preview] who waits gets the picture small, a link to it and its file', async () => {
  const result = await agent.call('generate', { ...quick, width: 320, height: 64, wait_seconds: 55 })
  const [made] = generationsOf(result)
  expect(made?.state).toBe('completed')
  expect(result.content.map(({ type }) => type)).toEqual(['text', 'image', 'resource_link'])
  const [text, image, link] = result.content
  expect(image?.mimeType).toBe('image/webp')
  expect(await sharp(Buffer.from(image?.data ?? '', 'base64')).metadata()).toMatchObject({
    width: 256,
    height: 51,
  })
  expect(JSON.stringify(result).length).toBeLessThan(60_000)
  expect(link?.uri).toBe(`mysticanvas://generations/${made?.id}`)
  const path = / is this file on the machine of MystiCanvas: (\S+)/.exec(text?.text ?? '')?.[1] ?? ''
  expect(await sharp(path).metadata()).toMatchObject({ format: 'png', width: 320, height: 64 })
})

test('[mcp-progress] who waits and asks for it hears how far the picture is', async () => {
  const heard: { progress: number; total?: number | undefined; message?: string | undefined }[] = []
  await agent.client.callTool(
    { name: 'generate', arguments: { ...quick, steps: 4, wait_seconds: 55 } },
    { onprogress: (progress) => void heard.push(progress) },
  )
  const values = heard.map(({ progress }) => progress)
  expect(values).toEqual([...new Set(values)].toSorted((one, other) => one - other))
  expect(heard.at(-1)).toMatchObject({ progress: 1, total: 1, message: 'completed' })
  expect(heard.map(({ message }) => message)).toEqual(expect.arrayContaining(['waiting', 'sampling 2/4']))
})

test('[mcp-wait-ends-early] a wait that is over says so and never says that the picture failed', async () => {
  const result = await agent.call('generate', { ...slow, wait_seconds: 1 })
  expect(result.isError ?? false).toBe(false)
  const [unfinished] = generationsOf(result)
  expect(unfinished?.state).toMatch(/^(queued|running)$/)
  expect(textOf(result)).toContain('It goes on by itself.')
  const later = await agent.call('get_generation', { generation: unfinished?.id ?? '' })
  expect(later.structuredContent).toMatchObject({ error: null })
  await agent.call('cancel_generation', { generation: unfinished?.id ?? '' })
})

test('[mcp-client-gives-up] a client that stops waiting finds its picture later', async () => {
  const impatient = await openNewest(overHttp(product), { name: 'impatient-agent' })
  const given = { ...unhurried, wait_seconds: 55, idempotency_key: 'the-one-i-gave-up-on' }
  const call = impatient.client.callTool({ name: 'generate', arguments: given }, { timeout: 150 })
  await expect(call).rejects.toThrow(/timed out/i)
  await impatient.close()

  const again = await openNewest(overHttp(product), { name: 'impatient-agent' })
  const [mine] = generationsOf(await again.call('generate', { ...given, wait_seconds: 0 }))
  await product.finished(mine?.id ?? '')
  const { structuredContent, content } = await again.call('get_generation', { generation: 'last' })
  expect(structuredContent).toMatchObject({ id: mine?.id, state: 'completed', attempts: 1 })
  expect(content.map(({ type }) => type)).toContain('image')
  await again.close()
})

test('[mcp-cancel] what is cancelled has really stopped', async () => {
  const id = await make(agent, slow)
  await product.feed.first(({ event }) => event.type === 'generation-started' && event.generation.id === id)
  const result = await agent.call('cancel_generation', { generation: id })
  expect(result.structuredContent).toMatchObject({ id, state: 'cancelled' })
  expect(textOf(result)).toContain('There is no picture.')
  await product.feed.first(({ event }) => event.type === 'generation-cancelled' && event.generation.id === id)
})

test('[mcp-idempotency] the same key makes nothing twice, also at the same time', async () => {
  const input = { ...quick, count: 2, idempotency_key: 'two-boats' }
  const answers = await Promise.all([1, 2, 3].map(() => agent.call('generate', input)))
  const ids = answers.map((answer) => generationsOf(answer).map(({ id }) => id))
  expect(ids[0]).toHaveLength(2)
  expect(ids).toEqual([ids[0], ids[0], ids[0]])
  expect(codeOf(await agent.call('generate', { ...input, prompt: 'another' }))).toBe('idempotency_key_reused')
  const other = await openNewest(overHttp(product), { name: 'second-agent' })
  const others = generationsOf(await other.call('generate', input)).map(({ id }) => id)
  expect(others).not.toEqual(ids[0])
  await other.close()
})

test('[mcp-img2img] a picture starts from an earlier one', async () => {
  const first = await make(agent, {})
  await product.finished(first)
  const varied = await make(agent, { generation: 'last', strength: 0.5 })
  expect(await product.finished(varied)).toMatchObject({
    state: 'completed',
    recipe: { mode: 'img2img', source_generation: first, strength: 0.5 },
  })
})

test('[mcp-clients-apart] clients at work at the same time get their own results', async () => {
  const names = ['north', 'south', 'east']
  const clients = await Promise.all(names.map((name) => openNewest(overHttp(product), { name })))
  const results = await Promise.all(
    clients.map((client, index) =>
      client.call('generate', { ...quick, prompt: `a boat in the ${names[index]}`, wait_seconds: 55 }),
    ),
  )
  expect(results.map((result) => generationsOf(result)[0]?.recipe.prompt)).toEqual(
    names.map((name) => `a boat in the ${name}`),
  )
  const last = await Promise.all(
    clients.map((client) => client.call('get_generation', { generation: 'last' })),
  )
  expect(last.map(({ structuredContent }) => (structuredContent as { id: string }).id)).toEqual(
    results.map((result) => generationsOf(result)[0]?.id),
  )
  const stranger = await openNewest(overHttp(product), { name: 'stranger' })
  expect(codeOf(await stranger.call('get_generation', { generation: 'last' }))).toBe('generation_not_found')
  await Promise.all([...clients, stranger].map((client) => client.close()))
})

test('[mcp-request-id] a failure names the request, and the log knows it', async () => {
  const result = await agent.call('get_generation', { generation: '12' })
  const id = failureOf(result)?.request_id ?? ''
  expect(id).toMatch(/^[\w-]{36}$/)
  expect(textOf(result)).toContain(`(request ${id})`)
  const [queued] = generationsOf(await agent.call('generate', quick))
  const { events } = await product.invoke('list_events', { request_id: queued?.request_id ?? '' })
  expect(events.map(({ event }) => event.type)).toContain('generation-queued')
})

test('[mcp-restart] the handle answers after a crash, and what is not known is not done', async () => {
  const id = await make(agent, { ...unhurried, idempotency_key: 'across-the-crash' })
  await product.kill()
  product = await startProduct({ dataFolder: product.dataFolder })
  agent = await openNewest(overHttp(product), { name: 'first-agent' })
  const repeated = await make(agent, { ...unhurried, idempotency_key: 'across-the-crash' })
  expect(repeated).toBe(id)
  await product.finished(id)
  const ended = await agent.call('get_generation', { generation: id })
  expect(ended.structuredContent).toMatchObject({ id, state: 'completed' })
  const unknown = await agent.call('get_generation', { generation: '4711' })
  expect(codeOf(unknown)).toBe('generation_not_found')
  expect(unknown.structuredContent).toBeUndefined()
})
