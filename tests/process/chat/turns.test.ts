import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScriptedModel, type ScriptedModel } from '../../fixtures/language/scripted-model.ts'
import { endpointOf, outputsOf, startChatProduct, wordsOf, type ChatProduct } from '../../support/chat.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'

let model: ScriptedModel
let product: ChatProduct

beforeAll(async () => {
  model = await startScriptedModel()
  product = await startChatProduct(await createDataFolder(), () => endpointOf(model))
})

afterAll(async () => {
  await product.stop()
  await model.close()
  removeDataFolders()
})

const small = { prompt: 'a red boat on the sea', width: 64, height: 64, steps: 2 }

test('[assistant-picture] a sentence becomes a picture, and the conversation is kept', async () => {
  const conversation = randomUUID()
  model.script([{ calls: [{ name: 'generate', arguments: small }] }, { say: 'Here is your boat.' }])
  const answer = await product.say(conversation, 'draw me a red boat on the sea')
  expect(wordsOf(answer)).toBe('Here is your boat.')
  expect(outputsOf(answer)).toMatchObject([{ ok: true, result: { generations: [{ state: 'completed' }] } }])
  expect(await product.messages(conversation)).toEqual([expect.objectContaining({ role: 'user' }), answer])
})
