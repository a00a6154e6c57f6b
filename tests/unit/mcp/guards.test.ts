import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { FinishedCall } from '../../../contracts/agent.ts'
import { capabilities, type CapabilityName } from '../../../contracts/capabilities/index.ts'
import type { Capability } from '../../../contracts/capability.ts'
import { configSchema } from '../../../contracts/config.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { hashOfArguments } from '../../../mcp-server/guards/arguments-hash.ts'
import { createGuard, requireForAgents } from '../../../mcp-server/guards/guard-calls.ts'

const one = { name: 'one', version: '1.0.0' }
const two = { name: 'two', version: null }
const result = { content: [] }

let recorded: FinishedCall[]

beforeEach(() => {
  recorded = []
  vi.useFakeTimers({ now: 0 })
  return () => void vi.useRealTimers()
})

function guardWith(limits: object = {}) {
  const guard = createGuard({
    surface: 'mcp',
    limits: configSchema.parse({ agents: limits }).agents,
    recordCall: (call) => recorded.push(call),
  })
  return (client: typeof one | typeof two, tool: CapabilityName, input: unknown, answer: object = result) =>
    guard(client, tool, input, () => Promise.resolve(answer as typeof result))
}

const refusedWith = (code: string, seconds?: number) =>
  expect.objectContaining({
    code,
    ...(seconds !== undefined && {
      details: {
        retry_after_seconds: seconds,
        do_not_retry_before: new Date(Date.now() + seconds * 1000).toISOString(),
      },
    }),
  }) as unknown

describe('calls a minute', () => {
  test('[agents-calls] an agent that calls too often is told until when to stop, and is let in then', async () => {
    const call = guardWith({ calls_per_minute: 2 })
    await call(one, 'search_history', { query: 'a' })
    vi.advanceTimersByTime(20_000)
    await call(one, 'search_history', { query: 'b' })
    await expect(call(one, 'search_history', { query: 'c' })).rejects.toEqual(
      refusedWith('agent_rate_limited', 40),
    )
    await expect(call(one, 'search_history', { query: 'c' })).rejects.toThrow(
      'This agent may make 2 calls a minute. Do not retry before 1970-01-01T00:01:00.000Z, which is in 40 seconds.',
    )
    await call(two, 'search_history', { query: 'c' })
    vi.advanceTimersByTime(40_000)
    await call(one, 'search_history', { query: 'c' })
  })
})

describe('repetition', () => {
  test('[agents-repetition] the same call with the same arguments is refused when it comes too often', async () => {
    const call = guardWith({ identical_calls_per_minute: 2 })
    await call(one, 'generate', { prompt: 'a', seed: 1 })
    await call(one, 'generate', { seed: 1, prompt: 'a' })
    await expect(call(one, 'generate', { prompt: 'a', seed: 1 })).rejects.toEqual(
      refusedWith('agent_repeats_itself', 60),
    )
    await call(one, 'generate', { prompt: 'a', seed: 2 })
    await call(two, 'generate', { prompt: 'a', seed: 1 })
    vi.advanceTimersByTime(60_000)
    await call(one, 'generate', { prompt: 'a', seed: 1 })
  })

  test('[agents-repetition] asking how far a picture is, and a retry with a key, is no repetition', async () => {
    const call = guardWith({ identical_calls_per_minute: 1 })
    for (let round = 0; round < 5; round += 1) {
      await call(one, 'get_generation', { generation: 'last' })
      await call(one, 'generate', { prompt: 'a', idempotency_key: 'k' })
    }
    expect(recorded.map(({ outcome }) => outcome)).not.toContain('refused')
  })
})

describe('waiting', () => {
  test('[agents-waits] an agent waits in few calls at once, and a wait that ends makes room', async () => {
    const guard = createGuard({
      surface: 'mcp',
      limits: configSchema.parse({ agents: { waits_at_once: 1 } }).agents,
      recordCall: (call) => recorded.push(call),
    })
    const wait = Promise.withResolvers<typeof result>()
    const input = { generation: '1', wait_seconds: 50 }
    const waiting = guard(one, 'get_generation', input, () => wait.promise)
    const again = () => guard(one, 'get_generation', input, () => Promise.resolve(result))
    await expect(again()).rejects.toEqual(refusedWith('agent_wait_limit', 5))
    await guard(one, 'get_generation', { generation: '1' }, () => Promise.resolve(result))
    await guard(two, 'get_generation', input, () => Promise.resolve(result))
    wait.reject(new ProductError('generation_not_found'))
    await expect(waiting).rejects.toThrow('There is no such picture.')
    await again()
    await again()
  })
})

describe('results', () => {
  test('[agents-result-size] a result that would flood a context is refused, and names the pictures it tells of', async () => {
    const call = guardWith({ result_bytes: 8192 })
    const fits = { content: [{ type: 'text', text: 'x'.repeat(8000) }] }
    expect(await call(one, 'search_history', { query: 'a' }, fits)).toBe(fits)
    const flood = { content: [{ type: 'text', text: 'ä'.repeat(4200) }] }
    await expect(call(one, 'search_history', { query: 'a' }, flood)).rejects.toEqual(
      refusedWith('agent_result_too_large'),
    )
    const pictures = { ...flood, structuredContent: { generations: [{ id: '17' }, { id: '18' }] } }
    await expect(call(one, 'generate', { prompt: 'a' }, pictures)).rejects.toThrow('the pictures 17, 18.')
  })
})

describe('what takes something away', () => {
  const list = Object.values(capabilities as Readonly<Record<string, Capability>>)

  test('[agents-destructive] nothing of it is published to agents', () => {
    const destructive = list.filter(({ effect }) => effect === 'destructive')
    expect(destructive.length).toBeGreaterThan(0)
    expect(destructive.flatMap(({ surfaces }) => surfaces)).not.toContain('mcp')
    expect(destructive.flatMap(({ surfaces }) => surfaces)).not.toContain('assistant')
  })

  test('[agents-destructive] and where it were, or a tool came by another way, the guard refuses it', async () => {
    const call = guardWith()
    for (const tool of ['delete_generation', 'delete_generations', 'save_preset'] as const)
      await expect(call(one, tool, { generation: '1' })).rejects.toEqual(refusedWith('agent_needs_person'))
    const published = { ...capabilities.delete_generation, surfaces: ['rest', 'mcp'] } as const
    expect(() => requireForAgents(published, 'mcp')).toThrow('Agents may not call delete_generation.')
    expect(() => requireForAgents(capabilities.generate, 'mcp')).not.toThrow()
    expect(recorded.map(({ outcome, error }) => [outcome, error?.code])).toEqual(
      Array.from({ length: 3 }, () => ['refused', 'agent_needs_person']),
    )
  })
})

describe('the record', () => {
  test('[agents-record] every call is told of: who, what, how it ended and how long it took', async () => {
    const guard = createGuard({
      surface: 'mcp',
      limits: configSchema.parse({}).agents,
      recordCall: (call) => recorded.push(call),
    })
    const input = { prompt: 'a secret wish' }
    await guard(one, 'generate', input, async () => {
      vi.advanceTimersByTime(1500)
      return result
    })
    await expect(
      guard(two, 'generate', input, () => Promise.reject(new ProductError('queue_full'))),
    ).rejects.toThrow('The queue is full.')
    await expect(guard(two, 'generate', 'x', () => Promise.reject(new Error('a bug')))).rejects.toThrow(
      'a bug',
    )
    expect(recorded).toMatchObject([
      { client: one, tool: 'generate', startedAt: 0, durationMs: 1500, outcome: 'completed', error: null },
      { client: two, outcome: 'failed', error: { code: 'queue_full' } },
      { client: two, outcome: 'failed', error: { code: 'internal_error' } },
    ])
    expect(recorded[0]?.argumentsSha256).toBe(recorded[1]?.argumentsSha256)
    expect(JSON.stringify(recorded)).not.toMatch(/secret|a bug/)
  })

  test('[agents-record] the same arguments have the same hash, in whatever order their keys come', () => {
    const hash = hashOfArguments({ b: [1, { d: 1, c: null }], a: 'x' })
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(hashOfArguments({ a: 'x', b: [1, { c: null, d: 1 }] })).toBe(hash)
    expect(hashOfArguments({ a: 'x', b: [{ c: null, d: 1 }, 1] })).not.toBe(hash)
    expect(hashOfArguments(undefined)).toMatch(/^[0-9a-f]{64}$/)
  })
})
