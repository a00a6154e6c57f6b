import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { languageModelSpecificationSchema, languageWorkerRoutes } from '../../contracts/language-worker.ts'
import { workerRoutes } from '../../contracts/worker.ts'
import { parseBody } from '../runtime/parse-body.ts'
import { readHealth, type LanguageTools } from './health.ts'
import { writeUsage } from './openai/answer.ts'
import { replyToChat } from './openai/chat-route.ts'
import { embeddingsRequestSchema } from './openai/chat-request.ts'

const nothing = z.strictObject({})

/** Adds the routes of the language worker. Those that change what is held answer with the worker's health. */
export function addLanguageRoutes(server: FastifyInstance, tools: LanguageTools): void {
  const { desk, engine } = tools
  server.post(workerRoutes.load, async (request) => {
    await desk.load(parseBody(languageModelSpecificationSchema, request.body))
    return readHealth(tools)
  })
  server.post(workerRoutes.unload, async (request) => {
    parseBody(nothing, request.body ?? {})
    await desk.unload()
    return readHealth(tools)
  })
  server.post(languageWorkerRoutes.purgeContext, async (request) => {
    parseBody(nothing, request.body ?? {})
    await desk.purgeContext()
    return readHealth(tools)
  })
  server.get(languageWorkerRoutes.models, () => {
    const names = engine.loaded === null ? [] : [engine.loaded.specification.name]
    return {
      object: 'list',
      data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'mysticanvas' })),
    }
  })
  server.post(languageWorkerRoutes.chat, (request, reply) => replyToChat(request, reply, desk))
  server.post(languageWorkerRoutes.embeddings, async (request) => {
    const { model, input } = parseBody(embeddingsRequestSchema, request.body)
    const { vectors, tokens } = await desk.embed(model, input)
    return {
      object: 'list',
      model,
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
      usage: writeUsage({ promptTokens: tokens, completionTokens: 0 }),
    }
  })
}
