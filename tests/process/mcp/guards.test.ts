import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, openClassic, openNewest, overClassicHttp, overHttp } from '../../support/mcp-clients.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct, type Product } from '../../support/product.ts'

const agents = {
  calls_per_minute: 30,
  images_per_hour: 4,
  queued_images: 2,
  waits_at_once: 1,
  identical_calls_per_minute: 2,
}

/** Long enough that it is still being made when the next call comes. */
const slow = { ...quick, width: 128, height: 128, steps: 60 }

let product: Product

beforeAll(async () => {
  product = await startProduct({ dataFolder: await createDataFolder({ agents }) })
})

afterAll(async () => {
  await endProducts()
  removeDataFolders()
})

const open = (name: string) => openNewest(overHttp(product), { name })
type Agent = Awaited<ReturnType<typeof open>>

const make = (agent: Agent, input: object) => agent.call('generate', { ...slow, ...input })

test('[agents-limits-real] the limits on pictures hold in the running product, across a restart and for each agent', async () => {
  let agent = await open('painter')
  expect(codeOf(await make(agent, { count: 2, seed: 1 }))).toBeNull()
  const refused = await make(agent, { seed: 2 })
  expect(codeOf(refused)).toBe('agent_queue_limit')
  const { _meta: meta } = refused
  expect(meta?.['mysticanvas/error']).toMatchObject({
    retryable: true,
    details: { retry_after_seconds: 10 },
  })
  const other = await open('another-painter')
  expect(codeOf(await make(other, { seed: 3 }))).toBeNull()
  await other.call('cancel_generation', { generation: 'last' })
  await other.close()
  expect(codeOf(await agent.call('generate', { ...slow, estimate: true }))).toBeNull()

  const { generations } = await product.invoke('list_generations', { state: 'unfinished' })
  for (const { id } of generations) await agent.call('cancel_generation', { generation: id })
  await agent.close()
  await product.kill()
  product = await startProduct({ dataFolder: product.dataFolder })
  agent = await open('painter')
  const tooMany = await make(agent, { count: 2, seed: 4, prompt: 'one' })
  expect(codeOf(tooMany)).toBeNull()
  for (const { id } of (tooMany.structuredContent as { generations: { id: string }[] }).generations)
    await agent.call('cancel_generation', { generation: id })
  const hourly = await make(agent, { seed: 5 })
  expect(codeOf(hourly)).toBe('agent_image_limit')
  expect(hourly.content[0]?.text).toMatch(
    /Do not retry before \d{4}-\d\d-\d\dT.*Z, which is in 3[56]\d\d seconds\./,
  )
  expect((await product.invoke('generate', { ...quick, count: 3 })).generations).toHaveLength(3)
  await agent.close()
})

test('[agents-limits-real] an older client is held to the same limits by the name of its program', async () => {
  const classic = await openClassic(overClassicHttp(product))
  const codes = []
  for (let round = 0; round < 3; round += 1)
    codes.push(codeOf(await classic.call('search_history', { query: 'boat' })))
  expect(codes).toEqual([null, null, 'agent_repeats_itself'])
  await classic.close()
})

test('[agents-limits-real] one wait at a time', async () => {
  const agent = await open('waiter')
  expect(codeOf(await make(agent, { seed: 6 }))).toBeNull()
  const wait = { generation: 'last', wait_seconds: 55 }
  const codes = await Promise.all([agent.call('get_generation', wait), agent.call('get_generation', wait)])
  expect(codes.map(codeOf).toSorted()).toEqual(['agent_wait_limit', null].toSorted())
  await agent.close()
})

test('[agents-limits-real] what agents did can be read by people, refusals and failures included, and not by agents', async () => {
  const agent = await open('curious')
  await agent.call('get_generation', { generation: '12' })
  for (let round = 0; round < 3; round += 1) await agent.call('search_history', { query: 'a private word' })
  const { calls, clients } = await product.invoke('list_tool_calls', { client: 'curious' })
  expect(calls.map(({ tool, outcome, error_code: code }) => [tool, outcome, code])).toEqual([
    ['search_history', 'refused', 'agent_repeats_itself'],
    ['search_history', 'completed', null],
    ['search_history', 'completed', null],
    ['get_generation', 'failed', 'generation_not_found'],
  ])
  expect(clients).toEqual(expect.arrayContaining(['curious', 'painter', 'waiter']))
  expect(new Set(calls.map(({ request_id: id }) => id)).size).toBe(4)
  expect(calls[1]?.arguments_sha256).toBe(calls[2]?.arguments_sha256)
  expect(JSON.stringify(calls)).not.toContain('private')
  const { events } = await product.invoke('list_events', { request_id: calls[0]?.request_id ?? '' })
  expect(events.map(({ event }) => event)).toMatchObject([
    { type: 'agent-refused', client: 'curious', error: { code: 'agent_repeats_itself' } },
  ])
  await expect(agent.call('list_tool_calls', {})).rejects.toThrow(/not found/)
  await agent.close()
})

test('[agents-limits-real] who calls without end is stopped, and the others are not', async () => {
  const loop = await open('loop')
  const codes = []
  for (let round = 0; round <= agents.calls_per_minute; round += 1)
    codes.push(codeOf(await loop.call('search_history', { query: `word${round}` })))
  expect(codes.indexOf('agent_rate_limited')).toBe(agents.calls_per_minute)
  const calm = await open('calm')
  expect(codeOf(await calm.call('search_history', { query: 'boat' }))).toBeNull()
  await Promise.all([loop.close(), calm.close()])
})
