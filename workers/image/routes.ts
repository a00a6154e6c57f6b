import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  imageCancelSchema,
  imageRequestSchema,
  imageWorkerRoutes,
  modelSpecificationSchema,
  workerRoutes,
  type ImageEvent,
  type WorkerCondition,
} from '../../contracts/worker.ts'
import { openEventStream } from '../runtime/event-stream.ts'
import { parseBody } from '../runtime/parse-body.ts'
import { checkAbilities, checkFiles, checkRequest } from './check-request.ts'
import { isSameModel, type ImageEngine } from './engines/engine.ts'
import { runGeneration } from './generation.ts'
import { readHealth } from './health.ts'
import { ProgressTracker, type DecodingExperience } from './progress.ts'
import type { Workbench } from './workbench.ts'

/** What the routes work with. */
export interface ImageTools {
  readonly engine: ImageEngine
  /** Why this engine and no other. */
  readonly reason: string
  readonly workbench: Workbench
  readonly experience: DecodingExperience
}

/** Adds the routes of the image worker. */
export function addImageRoutes(server: FastifyInstance, tools: ImageTools): void {
  server.post(imageWorkerRoutes.generate, (request, reply) => generate(request, reply, tools))
  server.post(imageWorkerRoutes.cancel, (request) => cancel(request, tools))
  server.post(workerRoutes.load, (request) => load(request, tools))
  server.post(workerRoutes.unload, (request) => unload(request, tools))
}

/** What cannot begin is refused as an error reply; what began ends with its last event. */
async function generate(request: FastifyRequest, reply: FastifyReply, tools: ImageTools): Promise<void> {
  const wanted = parseBody(imageRequestSchema, request.body)
  await tools.workbench.run(request.id, async (work) => {
    checkAbilities(wanted, tools.engine.capabilities)
    await checkRequest(wanted)
    const stream = openEventStream<ImageEvent>(request, reply)
    // Nobody is left to take the pictures.
    stream.onGone(() => void tools.workbench.cancel(request.id))
    const outcome = await runGeneration(work, wanted, { ...tools, log: request.log, emit: stream.send })
    stream.end()
    return outcome
  })
}

async function cancel(request: FastifyRequest, { workbench }: ImageTools): Promise<{ cancelled: boolean }> {
  const { request_id: requestId } = parseBody(imageCancelSchema, request.body)
  return { cancelled: await workbench.cancel(requestId) }
}

/** Answers, as `unload` does, with the worker's health: it says what is loaded now. */
async function load(
  request: FastifyRequest,
  { engine, workbench, reason }: ImageTools,
): Promise<WorkerCondition> {
  const model = parseBody(modelSpecificationSchema, request.body)
  await workbench.run(request.id, async (work) => {
    await checkFiles(model.files)
    work.progress = new ProgressTracker(0, null).enter('loading')
    if (engine.loaded === null || !isSameModel(engine.loaded, model)) await engine.load(model, work.signal)
    return 'completed'
  })
  return readHealth(engine, workbench, reason)
}

async function unload(
  request: FastifyRequest,
  { engine, workbench, reason }: ImageTools,
): Promise<WorkerCondition> {
  parseBody(z.strictObject({}), request.body ?? {})
  await workbench.run(request.id, async () => {
    await engine.unload()
    return 'completed'
  })
  return readHealth(engine, workbench, reason)
}
