import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScriptedModel, type ScriptedModel } from '../../fixtures/language/scripted-model.ts'
import { endpointOf, outputsOf, startChatProduct, type ChatProduct } from '../../support/chat.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'

let model: ScriptedModel
let product: ChatProduct

beforeAll(async () => {
  model = await startScriptedModel()
  const dataFolder = await createDataFolder()
  product = await startChatProduct(dataFolder, () => endpointOf(model))
})

afterAll(async () => {
  await product.stop()
  await model.close()
  removeDataFolders()
})

test('[assistant-search-words] pictures are found under the words that are there, where those that were said find none', async () => {
  const conversation = randomUUID()
  const boat = { prompt: 'a red boat on the sea', width: 64, height: 64, steps: 2 }
  model.script([{ calls: [{ name: 'generate', arguments: boat }] }, { say: 'Here is your boat.' }])
  await product.say(conversation, 'draw me a red boat on the sea')
  model.script([
    { calls: [{ name: 'search_history', arguments: { query: 'boats' } }] },
    { say: 'These are your boats.' },
  ])
  expect(outputsOf(await product.say(conversation, 'show my boats'))).toMatchObject([
    { ok: true, result: { did_you_mean: 'boat', generations: [{ recipe: { prompt: boat.prompt } }] } },
  ])
})
