import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../../../contracts/client.ts'
import type { Invoke } from '../../../contracts/capabilities/index.ts'
import { toErrorBody } from '../../../contracts/errors.ts'
import { startProduct, type RunningProduct } from '../../../orchestrator/main.ts'
import {
  codeOf,
  openAiSdk,
  openClassic,
  openNewest,
  overClassicHttp,
  overClassicStdio,
  overHttp,
  overStdio,
  type AnyClient,
} from '../../support/mcp-clients.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { quick } from '../../support/product.ts'

/** What came of a call, whatever way it was made. */
interface Outcome {
  readonly code: string | null
  readonly output: unknown
}

type Way = (name: string, input: object) => Promise<Outcome>

let product: RunningProduct
let picture: string
const clients: AnyClient[] = []
const ways = new Map<string, Way>()

beforeAll(async () => {
  const dataFolder = await createDataFolder()
  product = await startProduct({ dataFolder, overrides: { port: 0 } })
  const { generations } = await product.invoke('generate', { ...quick, seed: 3, wait_seconds: 55 })
  picture = generations[0]?.id ?? ''
  ways.set('direct call', throughInvoke(product.invoke))
  ways.set('REST', throughInvoke(restClient()))
  ways.set('MCP over HTTP, newest client', await through(openNewest(overHttp(product))))
  ways.set(
    'MCP over HTTP, newest client at the older revision',
    await through(openNewest(overHttp(product), { revision: 'older' })),
  )
  ways.set('MCP over HTTP, classic client', await through(openClassic(overClassicHttp(product))))
  ways.set('MCP over HTTP, AI SDK', await through(openAiSdk(product)))
  ways.set('MCP over stdio, newest client', await through(openNewest(overStdio(dataFolder))))
  ways.set('MCP over stdio, classic client', await through(openClassic(overClassicStdio(dataFolder))))
})

afterAll(async () => {
  for (const client of clients) await client.close()
  await product.stop()
  removeDataFolders()
})

function throughInvoke(invoke: Invoke): Way {
  return (name, input) =>
    invoke(name as 'generate', input as never).then(
      (output) => ({ code: null, output }),
      (error: unknown) => ({ code: toErrorBody(error, null).code, output: null }),
    )
}

async function through(opening: Promise<AnyClient>): Promise<Way> {
  const client = await opening
  clients.push(client)
  return async (name, input) => {
    const result = await client.call(name, input)
    return { code: codeOf(result), output: result.structuredContent ?? null }
  }
}

function restClient(): Invoke {
  return createClient(async ({ method, path, body }) => {
    const headers = { authorization: `Bearer ${product.token}`, 'content-type': 'application/json' }
    const reply = await fetch(
      product.url + path,
      body === null
        ? { method, headers: { authorization: headers.authorization } }
        : { method, body, headers },
    )
    return { status: reply.status, body: await reply.text() }
  })
}

const everyWay = [
  'direct call',
  'REST',
  'MCP over HTTP, newest client',
  'MCP over HTTP, newest client at the older revision',
  'MCP over HTTP, classic client',
  'MCP over HTTP, AI SDK',
  'MCP over stdio, newest client',
  'MCP over stdio, classic client',
]

describe.each(everyWay)('%s', (name) => {
  const call: Way = (tool, input) => (ways.get(name) as Way)(tool, input)

  test('[mcp-same-everywhere] a finished picture looks the same', async () => {
    const { code, output } = await call('get_generation', { generation: picture })
    expect(code).toBeNull()
    expect(output).toEqual(await product.invoke('get_generation', { generation: picture }))
  })

  test('[mcp-same-everywhere] a search finds the same', async () => {
    const input = { query: 'boat', limit: 5, order: 'newest' } as const
    const { output } = await call('search_history', input)
    expect(output).toEqual(await product.invoke('search_history', input))
  })

  test('[mcp-same-everywhere] an estimate has the same shape and makes nothing', async () => {
    const before = await product.invoke('list_generations', {})
    const { output } = await call('generate', { ...quick, count: 2, estimate: true })
    expect(output).toMatchObject({
      generations: [],
      estimate: { pictures: 2, width: 64, steps: 2, memory: { basis: 'earlier_runs' }, unloads: [] },
    })
    expect(await product.invoke('list_generations', {})).toEqual(before)
  })

  test.each([
    ['get_styles', { query: 'water', limit: 5 }],
    ['apply_style', { style_name: 'WATER-COLOR', prompt: 'a boat' }],
    ['enhance_prompt', { user_input: 'a boat' }],
    ['analyze_image', { generation: 'PICTURE', question: 'What is in it?' }],
  ] as const)('[mcp-same-everywhere] %s tells the same', async (tool, input) => {
    const given = JSON.parse(JSON.stringify(input).replace('PICTURE', picture)) as object
    expect(await call(tool, given)).toEqual({
      code: null,
      output: await product.invoke(tool, given as never),
    })
  })

  test.each([
    ['an unknown field', 'generate', { prompt: 'a boat', colour: 'red' }, 'invalid_input'],
    ['a value out of bounds', 'generate', { prompt: 'a boat', count: 5 }, 'invalid_input'],
    ['a wait that is too long', 'generate', { prompt: 'a boat', wait_seconds: 56 }, 'invalid_input'],
    ['no prompt', 'generate', { prompt: ' ' }, 'invalid_input'],
    ['a key with a space', 'generate', { prompt: 'a boat', idempotency_key: 'a b' }, 'invalid_input'],
    ['a preset that is not there', 'generate', { prompt: 'a boat', preset: 'no-such' }, 'preset_not_found'],
    [
      'a source that is not there',
      'generate',
      { prompt: 'a boat', generation: '12' },
      'source_picture_not_found',
    ],
    ['a picture that is not there', 'get_generation', { generation: '12' }, 'generation_not_found'],
    ['no id', 'get_generation', { generation: '../1' }, 'invalid_input'],
    [
      'a picture that is finished',
      'cancel_generation',
      { generation: 'PICTURE' },
      'generation_not_cancellable',
    ],
    ['a style that is not there', 'apply_style', { style_name: 'no such thing' }, 'style_not_found'],
    [
      'a style for a picture that is not there',
      'generate',
      { prompt: 'x', style: 'qqqq' },
      'style_not_found',
    ],
    ['nothing to enhance', 'enhance_prompt', { user_input: ' ' }, 'invalid_input'],
    ['an analysis of nothing', 'analyze_image', { generation: '12' }, 'generation_not_found'],
    ['a page of nothing', 'search_history', { query: 'boat', limit: 0 }, 'invalid_input'],
  ])('[mcp-same-errors] %s', async (_, tool, input, code) => {
    const given = JSON.parse(JSON.stringify(input).replace('PICTURE', picture)) as object
    expect(await call(tool, given)).toEqual({ code, output: null })
  })
})

test('[mcp-clients] each client speaks the revision it knows best', () => {
  expect(clients.map(({ protocolVersion }) => protocolVersion)).toEqual([
    '2026-07-28',
    '2025-11-25',
    '2025-11-25',
    '',
    '2026-07-28',
    '2025-11-25',
  ])
})

test('[mcp-clients] each client sees the same tools', async () => {
  const lists = await Promise.all(clients.map(async (client) => (await client.tools()).toSorted()))
  for (const list of lists) expect(list).toEqual(lists[0])
  expect(lists[0]).toEqual([
    'analyze_image',
    'apply_style',
    'cancel_generation',
    'enhance_prompt',
    'generate',
    'get_generation',
    'get_styles',
    'search_history',
  ])
})
