import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScriptedModel, type ScriptedModel } from '../../fixtures/language/scripted-model.ts'
import { chunksOf, endpointOf, noticesOf, readAnswer, startChatProduct, wordsOf } from '../../support/chat.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'

const program = join(import.meta.dirname, '../../fixtures/language/product.ts')
let model: ScriptedModel

beforeAll(async () => {
  model = await startScriptedModel()
})

afterAll(async () => {
  await model.close()
  removeDataFolders()
})

test('[chat-interrupted] after a kill the half answer is kept, said to be one, and can be made anew', async () => {
  const dataFolder = await createDataFolder()
  const conversation = randomUUID()
  const child = spawn(process.execPath, [program, dataFolder, model.baseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { url, token } = JSON.parse(line.toString()) as { url: string; token: string }
  model.script([
    { calls: [{ name: 'search_history', arguments: { query: 'boat' } }] },
    { hangAfter: 'There are no boats, but ' },
  ])
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      id: conversation,
      message: { id: 'said', role: 'user', parts: [{ type: 'text', text: 'show my boats' }] },
    }),
  })
  for await (const chunk of chunksOf(response)) if (chunk.type === 'text-delta') break
  // What was said is on the disk a moment later.
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone

  const product = await startChatProduct(dataFolder, () => endpointOf(model))
  try {
    const [said, half] = await product.messages(conversation)
    expect(said && wordsOf(said)).toBe('show my boats')
    expect(half && wordsOf(half)).toBe('There are no boats, but ')
    expect(half?.metadata).toMatchObject({ finish: 'interrupted', error: { code: 'turn_interrupted' } })
    expect(half && noticesOf(half)).toEqual(['turn_interrupted'])
    expect((await product.invoke('get_conversation', { conversation })).running).toBe(false)
    model.script([{ say: 'No boats yet.' }])
    const again = await readAnswer(await product.send({ id: conversation, trigger: 'regenerate-message' }))
    expect(wordsOf(again)).toBe('No boats yet.')
    expect((await product.messages(conversation)).length).toBe(2)
  } finally {
    await product.stop()
  }
})

test('[chat-interrupted] an end in order breaks a turn off and keeps what was said', async () => {
  const dataFolder = await createDataFolder()
  const conversation = randomUUID()
  const first = await startChatProduct(dataFolder, () => endpointOf(model))
  model.script([{ hangAfter: 'Well, ' }])
  const response = await first.send({
    id: conversation,
    message: { id: 'said', role: 'user', parts: [{ type: 'text', text: 'hello' }] },
  })
  for await (const chunk of chunksOf(response)) if (chunk.type === 'text-delta') break
  await first.stop()
  const second = await startChatProduct(dataFolder, () => endpointOf(model))
  const half = (await second.messages(conversation)).at(-1)
  expect(half).toMatchObject({ metadata: { finish: 'interrupted', error: { code: 'turn_interrupted' } } })
  expect(half && wordsOf(half)).toBe('Well, ')
  await second.stop()
})
