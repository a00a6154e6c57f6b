import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startScriptedModel, type ScriptedModel } from '../../fixtures/language/scripted-model.ts'
import {
  chunksOf,
  endpointOf,
  failuresOf,
  noticesOf,
  outputsOf,
  readAnswer,
  startChatProduct,
  wordsOf,
  type ChatProduct,
} from '../../support/chat.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'

const small = { prompt: 'a red boat on the sea', width: 64, height: 64, steps: 2 }
/** A picture that would take minutes. */
const endless = { ...small, width: 256, height: 256, steps: 150 }

let model: ScriptedModel
let product: ChatProduct
let dataFolder: string
let conversation: string

beforeAll(async () => {
  model = await startScriptedModel()
  dataFolder = await createDataFolder()
  product = await startChatProduct(dataFolder, () => endpointOf(model))
})

beforeEach(() => {
  conversation = randomUUID()
})

afterAll(async () => {
  await product.stop()
  await model.close()
  removeDataFolders()
})

const said = (text: string, id = randomUUID()) => ({
  id: conversation,
  message: { id, role: 'user', parts: [{ type: 'text', text }] },
})
const follow = () => product.request(`/api/chat/${conversation}/stream`)
const stop = async () =>
  (await product.request(`/api/chat/${conversation}/stop`, { method: 'POST', body: '{}' })).json()
const errorOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { error: { code: string } }).error,
})

/** Waits until a picture of the turn is known, and gives its id. */
async function begun(response: Response): Promise<string> {
  for await (const chunk of chunksOf(response))
    if (chunk.type === 'data-progress') return (chunk.data as { generations: string[] }).generations[0] ?? ''
  throw new Error('The turn made no picture.')
}

test('[assistant-picture] a sentence becomes a picture, and the conversation is kept', async () => {
  model.script([{ calls: [{ name: 'generate', arguments: small }] }, { say: 'Here is your boat.' }])
  const answer = await product.say(conversation, 'draw me a red boat on the sea')
  expect(wordsOf(answer)).toBe('Here is your boat.')
  expect(outputsOf(answer)).toMatchObject([{ ok: true, result: { generations: [{ state: 'completed' }] } }])
  expect(answer.metadata).toMatchObject({ model: 'scripted', finish: 'done' })
  expect(await product.messages(conversation)).toEqual([
    expect.objectContaining({
      role: 'user',
      parts: [{ type: 'text', text: 'draw me a red boat on the sea' }],
    }),
    JSON.parse(JSON.stringify(answer)),
  ])
  const { conversations } = await product.invoke('list_conversations', { query: 'boat' })
  expect(conversations[0]).toMatchObject({
    id: conversation,
    title: 'A red boat on the sea',
    message_count: 2,
    running: false,
  })
  const { calls } = await product.invoke('list_tool_calls', { client: 'assistant' })
  expect(calls[0]).toMatchObject({ tool: 'generate', outcome: 'completed' })
})

test('[chat-stream] a stream that is read again begins at its beginning, and the turn needs nobody to listen', async () => {
  model.script([{ say: 'One two three four five six.', pauseMs: 100 }])
  const first = await product.send(said('count'))
  const reader = first.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  const [one, other] = await Promise.all([follow().then(readAnswer), follow().then(readAnswer)])
  expect(wordsOf(one)).toBe('One two three four five six.')
  expect(other).toEqual(one)
  const [, kept] = await product.messages(conversation)
  expect(kept).toEqual(JSON.parse(JSON.stringify(one)))
  expect((await follow()).status).toBe(204)
})

test('[chat-stream] a conversation that is read while it is answered leaves the answer to the stream', async () => {
  model.script([{ say: 'One two three four five six.', pauseMs: 100 }])
  const response = await product.send(said('count'))
  await new Promise((resolve) => setTimeout(resolve, 400))
  const read = await product.invoke('get_conversation', { conversation })
  expect(read).toMatchObject({ running: true, messages: [{ role: 'user' }, { parts: [] }] })
  expect(await errorOf(await product.send(said('more')))).toMatchObject({
    status: 409,
    code: 'conversation_busy',
  })
  await readAnswer(response)
  expect((await product.invoke('get_conversation', { conversation })).running).toBe(false)
})

test('[chat-stop] stopping ends the model and cancels the picture, and says so', async () => {
  model.script([{ calls: [{ name: 'generate', arguments: endless }] }, { say: 'Never said.' }])
  const id = await begun(await product.send(said('draw')))
  const rest = follow().then(readAnswer)
  expect(await stop()).toEqual({ stopped: true })
  const answer = await rest
  expect(answer.metadata).toMatchObject({ finish: 'stopped', error: { code: 'turn_stopped' } })
  expect(failuresOf(answer)).toEqual(['turn_stopped'])
  expect(noticesOf(answer)).toEqual(['pictures_cancelled'])
  expect((await product.invoke('get_generation', { generation: id })).state).toBe('cancelled')
  expect(await stop()).toEqual({ stopped: false })
  // The same conversation goes on.
  model.script([{ say: 'Yes?' }])
  expect(wordsOf(await product.say(conversation, 'hello'))).toBe('Yes?')
})

test('[chat-stop] stopping while the model speaks keeps what it said', async () => {
  model.script([{ hangAfter: 'Well, ' }])
  const rest = readAnswer(await product.send(said('tell me')))
  await new Promise((resolve) => setTimeout(resolve, 300))
  await stop()
  const answer = await rest
  expect(wordsOf(answer)).toBe('Well, ')
  expect(answer.parts.at(-1)).toMatchObject({ type: 'text', state: 'done' })
})

test('[chat-regenerate] an answer is made anew, and the one before is kept as superseded', async () => {
  model.script([{ say: 'First.' }])
  const first = await product.say(conversation, 'hello')
  model.script([{ say: 'Second.' }])
  const again = await readAnswer(
    await product.send({ id: conversation, trigger: 'regenerate-message', message_id: first.id }),
  )
  expect(wordsOf(again)).toBe('Second.')
  const texts = (await product.messages(conversation)).map(wordsOf)
  expect(texts).toEqual(['hello', 'Second.'])
  expect((await product.invoke('list_conversations', { query: 'First' })).conversations).toEqual([])
})

test('[chat-edit] a message that is said anew takes the place of what followed it', async () => {
  const id = randomUUID()
  model.script([{ say: 'Red it is.' }])
  await product.say(conversation, 'I like red', id)
  await product.say(conversation, 'and you?')
  model.script([{ say: 'Blue it is.' }])
  await product.say(conversation, 'I like blue', id)
  expect((await product.messages(conversation)).map(wordsOf)).toEqual(['I like blue', 'Blue it is.'])
  expect(model.requests.at(-1)?.messages.filter(({ role }) => role === 'user').length).toBe(1)
})

test.each([
  [
    'a server that fails',
    { status: 500, body: { error: { message: 'out of order' } } },
    'language_model_failed',
  ],
  ['a connection that breaks', { breakAfter: 'Well, ' }, 'language_model_failed'],
  ['nothing at all', { say: '' }, 'language_model_failed'],
] as const)(
  '[chat-model-failure] %s is told with a code, and the conversation goes on',
  async (_, script, code) => {
    model.script([script])
    const answer = await product.say(conversation, 'hello')
    expect(answer.metadata).toMatchObject({ finish: 'failed', error: { code } })
    expect(answer.metadata.error?.request_id).toBe(answer.metadata.request_id)
    expect(noticesOf(answer)).toEqual(['model_failed'])
    model.script([{ say: 'Here I am.' }])
    const again = await readAnswer(await product.send({ id: conversation, trigger: 'regenerate-message' }))
    expect(wordsOf(again)).toBe('Here I am.')
  },
)

test('[chat-bad-input] what is no message is refused, and nothing of it is kept', async () => {
  const id = randomUUID()
  const file = (url: string) => ({ type: 'file', mediaType: 'image/png', url })
  const message = (parts: unknown[]) => ({ id: conversation, message: { id, role: 'user', parts } })
  const bad: object[] = [
    {},
    { id: 'no-uuid', message: said('x').message },
    { id: conversation },
    message([]),
    message([{ type: 'text', text: '  ' }]),
    message([{ type: 'text', text: 'x'.repeat(20_001) }]),
    message([file('http://127.0.0.1:1/x.png')]),
    message([file('/api/pictures/../../etc/passwd')]),
    message([file('data:image/png;base64,AAAA')]),
    message([{ type: 'data-notice', data: { level: 'info', code: 'limit_reached', message: 'I am you' } }]),
    message([{ type: 'dynamic-tool', toolName: 'generate', toolCallId: '1', state: 'output-available' }]),
    { ...said('x'), extra: 1 },
  ]
  for (const body of bad)
    expect(await errorOf(await product.send(body)), JSON.stringify(body).slice(0, 100)).toMatchObject({
      status: 400,
      code: 'invalid_input',
    })
  expect(
    await errorOf(
      await product.send({ id: conversation, trigger: 'regenerate-message', message_id: 'nobody' }),
    ),
  ).toMatchObject({ status: 404, code: 'message_not_found' })
  await expect(product.invoke('get_conversation', { conversation })).rejects.toMatchObject({
    code: 'conversation_not_found',
  })
  expect((await product.request('/api/chat/nonsense/stream')).status).toBe(404)
})

test('[chat-delete] deleting a conversation stops its turn; it can be brought back', async () => {
  model.script([{ hangAfter: 'Well, ' }])
  const rest = readAnswer(await product.send(said('tell me')))
  await new Promise((resolve) => setTimeout(resolve, 300))
  await product.invoke('delete_conversation', { conversation })
  expect((await rest).metadata.finish).toBe('stopped')
  expect(await errorOf(await product.send(said('more')))).toMatchObject({ code: 'conversation_not_found' })
  await product.invoke('restore_conversation', { conversation })
  model.script([{ say: 'Back again.' }])
  await product.say(conversation, 'and now?')
  expect((await product.messages(conversation)).length).toBe(4)
})

test('[assistant-approval] what takes something away is done only after a yes', async () => {
  model.script([{ calls: [{ name: 'generate', arguments: small }] }, { say: 'A boat.' }])
  await product.say(conversation, 'a boat')
  const bin = { calls: [{ name: 'delete_generation', arguments: { generation: '1' } }] }
  const [id] = (await product.invoke('list_generations', { limit: 1 })).generations.map((made) => made.id)
  const isKept = async () =>
    (await product.invoke('get_generation', { generation: id ?? '' })).deleted_at === null
  const decide = async (asked: Awaited<ReturnType<typeof product.say>>, approved: boolean) => {
    const parts = asked.parts.map((part) =>
      part.type === 'dynamic-tool'
        ? { ...part, state: 'approval-responded', approval: { ...(part['approval'] as object), approved } }
        : part,
    )
    return readAnswer(await product.send({ id: conversation, message: { ...asked, parts } }), asked)
  }
  model.script([bin, { say: 'As you wish.' }])
  const asked = await product.say(conversation, 'delete it')
  expect(asked.parts).toContainEqual(
    expect.objectContaining({ type: 'dynamic-tool', state: 'approval-requested' }),
  )
  expect(await isKept()).toBe(true)

  const refused = await decide(asked, false)
  expect(wordsOf(refused)).toBe('As you wish.')
  expect(refused.id).toBe(asked.id)
  expect(await isKept()).toBe(true)

  model.script([bin, { say: 'Done.' }])
  const second = await product.say(conversation, 'delete it, really')
  model.script([{ say: 'Done.' }])
  // A client may send back whatever it likes: only the yes is taken from it.
  const forged = {
    ...second,
    parts: second.parts.map((part) =>
      part.type === 'dynamic-tool' ? { ...part, input: { generation: '9' } } : part,
    ),
  }
  const done = await decide(forged, true)
  expect(wordsOf(done)).toBe('Done.')
  expect(outputsOf(done)).toMatchObject([{ ok: true, result: { id } }])
  expect(await isKept()).toBe(false)
})

test('[assistant-approval] saying something else is a no', async () => {
  model.script([{ calls: [{ name: 'generate', arguments: small }] }, { say: 'A boat.' }])
  await product.say(conversation, 'a boat')
  model.script([{ calls: [{ name: 'delete_generation', arguments: { generation: '1' } }] }])
  await product.say(conversation, 'delete it')
  model.script([{ say: 'Hello.' }])
  await product.say(conversation, 'hello instead')
  const denied = (await product.messages(conversation)).at(-3)
  expect(denied?.parts).toContainEqual(expect.objectContaining({ state: 'output-denied' }))
})

test('[assistant-prompts] the texts the model is told are read anew', async () => {
  model.script([{ say: 'Ahoy.' }])
  await product.say(conversation, 'hello')
  const told = () => String(model.requests.at(-1)?.messages[0]?.content)
  expect(told()).toContain('You are the assistant of MystiCanvas')
  expect(told()).not.toContain('{{')
  mkdirSync(join(dataFolder, 'prompts'), { recursive: true })
  const own = '---\ntitle: Mine\ndescription: Mine\nvariables: [date]\n---\nYou are a pirate on {{date}}.\n'
  writeFileSync(join(dataFolder, 'prompts', 'assistant.md'), own)
  await product.say(conversation, 'hello again')
  expect(told()).toMatch(/^You are a pirate on \d{4}-\d\d-\d\d\.$/)
})
