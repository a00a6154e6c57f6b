import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import type { Config } from '../../../contracts/config.ts'
import { startScriptedModel, type ScriptedModel } from '../../fixtures/language/scripted-model.ts'
import {
  endpointOf,
  failuresOf,
  noticesOf,
  outputsOf,
  startChatProduct,
  wordsOf,
  type ChatProduct,
} from '../../support/chat.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'

const small = { prompt: 'a red boat', width: 64, height: 64, steps: 1 }
const limits = {
  tool_calls_per_turn: 3,
  images_per_turn: 2,
  turn_seconds: 900,
  output_tokens_per_turn: 1000,
  tool_result_tokens: 120,
} satisfies Config['assistant']

let model: ScriptedModel
let product: ChatProduct
let conversation: string

beforeAll(async () => {
  model = await startScriptedModel()
  product = await startChatProduct(await createDataFolder(), () => endpointOf(model), { assistant: limits })
})

beforeEach(() => {
  conversation = randomUUID()
})

afterAll(async () => {
  await product.stop()
  await model.close()
  removeDataFolders()
})

const search = (query: string) => ({ calls: [{ name: 'search_history', arguments: { query } }] })
const refused = (code: string) =>
  expect.objectContaining({
    type: 'agent-refused',
    client: 'assistant',
    error: expect.objectContaining({ code }),
  })

async function lastRefusals(): Promise<unknown[]> {
  const { events } = await product.invoke('list_events', { limit: 50 })
  return events.map(({ event }) => event)
}

test('[assistant-call-limit] a model that calls forever is told to stop, and stopped where it does not', async () => {
  model.script((_, count) => search(`boat ${count}`))
  const before = model.requests.length
  const answer = await product.say(conversation, 'find boats')
  expect(outputsOf(answer).map(({ ok }) => ok)).toEqual([true, true, true])
  expect(answer.metadata).toMatchObject({ finish: 'limit', error: { code: 'turn_call_limit' } })
  expect(noticesOf(answer)).toContain('limit_reached')
  const asked = model.requests.slice(before)
  expect(asked.length).toBe(4)
  expect(asked.slice(3).every(({ tool_choice: choice }) => choice === 'none')).toBe(true)
  expect(await lastRefusals()).toContainEqual(refused('turn_call_limit'))
})

test('[assistant-same-call] the same call with the same arguments is made once in a turn, in any order of them', async () => {
  const call = (given: object) => ({ calls: [{ name: 'search_history', arguments: given }] })
  model.script([
    call({ query: 'boat', limit: 3 }),
    call({ limit: 3, query: 'boat' }),
    { say: 'There are none.' },
  ])
  const answer = await product.say(conversation, 'find boats')
  expect(failuresOf(answer)).toEqual(['turn_call_repeated'])
  expect(wordsOf(answer)).toBe('There are none.')
  expect(answer.metadata.finish).toBe('done')
  expect(noticesOf(answer)).toEqual(['call_refused'])
  expect(String(model.requests.at(-1)?.messages.at(-1)?.content)).toContain('turn_call_repeated')
  expect(await lastRefusals()).toContainEqual(refused('turn_call_repeated'))
  // In the next turn it is another call.
  model.script([call({ query: 'boat', limit: 3 }), { say: 'Still none.' }])
  expect(failuresOf(await product.say(conversation, 'look again'))).toEqual([])
})

test('[assistant-image-limit] no more pictures are made in a turn than it may make', async () => {
  model.script([
    { calls: [{ name: 'generate', arguments: { ...small, count: 3 } }] },
    { calls: [{ name: 'generate', arguments: { ...small, count: 2 } }] },
    { calls: [{ name: 'generate', arguments: { ...small, prompt: 'a blue boat' } }] },
    { say: 'Two are enough.' },
  ])
  const answer = await product.say(conversation, 'draw boats')
  expect(failuresOf(answer)).toEqual(['turn_image_limit', 'turn_image_limit'])
  const { generations } = await product.invoke('list_generations', {})
  expect(generations.filter(({ request_id: id }) => id === answer.metadata.request_id).length).toBe(2)
  expect(await lastRefusals()).toContainEqual(refused('turn_image_limit'))
})

test('[assistant-failed-tool] a tool that fails is told to the model, and the turn goes on', async () => {
  model.script([
    { calls: [{ name: 'apply_style', arguments: { style_name: 'no such style at all', prompt: 'a boat' } }] },
    { say: 'There is no such style.' },
  ])
  const answer = await product.say(conversation, 'make it odd')
  expect(failuresOf(answer)).toEqual(['style_not_found'])
  expect(answer.metadata.finish).toBe('done')
  const told: unknown = JSON.parse(String(model.requests.at(-1)?.messages.at(-1)?.content))
  expect(told).toMatchObject({ ok: false, error: { code: 'style_not_found' }, retry: false })
})

test('[assistant-unknown-tool] a tool that does not exist is named, and calling it again and again ends the turn', async () => {
  model.script([{ calls: [{ name: 'delete_everything', arguments: {} }] }, { say: 'I cannot.' }])
  const answer = await product.say(conversation, 'delete everything')
  expect(answer.parts).toContainEqual(
    expect.objectContaining({
      type: 'dynamic-tool',
      state: 'output-error',
      errorText: expect.stringContaining('turn_tool_unknown'),
    }),
  )
  expect(wordsOf(answer)).toBe('I cannot.')
  expect(await lastRefusals()).toContainEqual(refused('turn_tool_unknown'))
  model.script([{ calls: [{ name: 'delete_everything', arguments: {} }] }])
  const before = model.requests.length
  const stubborn = await product.say(conversation, 'delete everything!')
  expect(stubborn.metadata).toMatchObject({ finish: 'limit', error: { code: 'turn_tool_unknown' } })
  expect(model.requests.length - before).toBeLessThanOrEqual(4)
})

test.each([
  ['out of the schema', { prompt: 'a boat', colour: 'red' }, 'invalid_input'],
  ['of the wrong type', { prompt: 7 }, 'invalid_input'],
  ['without what is needed', {}, 'invalid_input'],
])('[assistant-bad-arguments] arguments %s make no picture and name the fields', async (_, given, code) => {
  const before = (await product.invoke('list_generations', {})).generations.length
  model.script([{ calls: [{ name: 'generate', arguments: given }] }, { say: 'What should it show?' }])
  const answer = await product.say(conversation, 'draw something')
  expect(failuresOf(answer)).toEqual([code])
  expect((await product.invoke('list_generations', {})).generations.length).toBe(before)
})

test('[assistant-bad-arguments] arguments that are no JSON are refused', async () => {
  model.script([{ calls: [{ name: 'generate', arguments: '{"prompt": "a bo' }] }, { say: 'Sorry.' }])
  const answer = await product.say(conversation, 'draw')
  expect(answer.parts).toContainEqual(
    expect.objectContaining({ state: 'output-error', errorText: expect.stringContaining('invalid_input') }),
  )
  expect(wordsOf(answer)).toBe('Sorry.')
})

test('[assistant-result-budget] a result of ten thousand tokens is whole for the person and short for the model', async () => {
  model.script([{ calls: [{ name: 'get_styles', arguments: { limit: 50 } }] }, { say: 'There are many.' }])
  const answer = await product.say(conversation, 'which styles are there?')
  const [output] = outputsOf(answer)
  const styles = output?.ok === true ? (output.result as { styles: unknown[] }).styles : []
  expect(styles.length).toBeGreaterThan(40)
  expect(JSON.stringify(styles).length).toBeGreaterThan(10_000)
  const told = String(model.requests.at(-1)?.messages.at(-1)?.content)
  expect(told.length).toBeLessThan(limits.tool_result_tokens * 3.2)
  expect(JSON.parse(told)).toMatchObject({ ok: true, data: 'not instructions' })
})

test('[assistant-turn-time] a turn over its time ends, and a picture that was begun goes on', async () => {
  const hasty = await startChatProduct(await createDataFolder(), () => endpointOf(model), {
    assistant: { ...limits, turn_seconds: 3 },
  })
  try {
    model.script([
      { calls: [{ name: 'generate', arguments: { ...small, width: 256, height: 256, steps: 150 } }] },
      { say: 'Never said.' },
    ])
    const answer = await hasty.say(conversation, 'draw something large')
    expect(answer.metadata).toMatchObject({ finish: 'limit', error: { code: 'turn_time_limit' } })
    expect(failuresOf(answer)).toEqual(['turn_time_limit'])
    expect(noticesOf(answer)).toEqual(['pictures_go_on', 'limit_reached'])
    const { generations } = await hasty.invoke('list_generations', { state: 'unfinished' })
    expect(generations.length).toBe(1)
    // A model that says nothing more is no better.
    model.script([{ hangAfter: 'Well, ' }])
    const hung = await hasty.say(conversation, 'and now?')
    expect(hung.metadata).toMatchObject({ finish: 'limit', error: { code: 'turn_time_limit' } })
    expect(wordsOf(hung)).toBe('Well, ')
  } finally {
    await hasty.stop()
  }
})

test('[assistant-output-limit] a model that writes without end is cut off', async () => {
  const brief = await startChatProduct(await createDataFolder(), () => endpointOf(model), {
    assistant: { ...limits, output_tokens_per_turn: 18, tool_calls_per_turn: 50 },
  })
  try {
    model.script((_, count) => search(`boat ${count}`))
    const answer = await brief.say(conversation, 'find boats')
    expect(answer.metadata).toMatchObject({ finish: 'limit', error: { code: 'turn_output_limit' } })
    expect(model.requests.at(-1)?.max_tokens).toBe(18)
    model.script([{ say: 'A long story', finish: 'length' }])
    expect(noticesOf(await brief.say(conversation, 'tell me a story'))).toEqual(['answer_cut'])
  } finally {
    await brief.stop()
  }
})

test('[assistant-no-nested-turns] no tool reaches the assistant', async () => {
  model.script([{ say: 'Hello.' }])
  await product.say(conversation, 'hello')
  const tools = model.requests.at(-1)?.tools?.map(({ function: { name } }) => name) ?? []
  expect(tools).toContain('generate')
  for (const name of tools) expect(Object.keys(capabilities)).toContain(name)
  const published = Object.values(capabilities).filter(({ surfaces }) =>
    (surfaces as readonly string[]).includes('assistant'),
  )
  expect(published.map(({ name }) => name).toSorted()).toEqual(tools.toSorted())
  for (const { route } of published) expect(route.path).not.toMatch(/chat|conversation/)
})

test('[assistant-numbers] pictures go by their number in the conversation, and one that is not there is refused', async () => {
  model.script([{ calls: [{ name: 'generate', arguments: { ...small, count: 2 } }] }, { say: 'Two boats.' }])
  await product.say(conversation, 'two boats')
  model.script([
    { calls: [{ name: 'get_generation', arguments: { generation: 'number 2' } }] },
    { calls: [{ name: 'get_generation', arguments: { generation: '7' } }] },
    { say: 'That is the second.' },
  ])
  const answer = await product.say(conversation, 'tell me about the second')
  const outputs = outputsOf(answer)
  expect(outputs).toMatchObject([{ ok: true }, { ok: false, error: { code: 'turn_number_unknown' } }])
  const [first] = await product
    .messages(conversation)
    .then((messages) => messages.filter(({ role }) => role === 'assistant'))
  const made = first === undefined ? [] : outputsOf(first)
  const ids = made.flatMap((output) =>
    output.ok ? (output.result as { generations: { id: string }[] }).generations.map(({ id }) => id) : [],
  )
  expect(outputs[0]).toMatchObject({ result: { id: ids[1] } })
})

test('[assistant-words] words the sketch model does not know are named, with the way to a real one', async () => {
  model.script([
    { calls: [{ name: 'generate', arguments: { ...small, prompt: 'a purple dragon' } }] },
    { say: 'Here it is.' },
  ])
  const answer = await product.say(conversation, 'draw a purple dragon')
  expect(answer.parts).toContainEqual(
    expect.objectContaining({
      type: 'data-notice',
      data: expect.objectContaining({
        code: 'words_unknown',
        details: { words: expect.arrayContaining(['dragon']) as unknown },
      }),
    }),
  )
  const suggestions = answer.parts.find(({ type }) => type === 'data-suggestions')
  expect(suggestions).toMatchObject({ data: { suggestions: [{ href: '/presets', say: null }, {}] } })
})
