import type { ImageEvent, ImageRequest, ModelSpecification } from '../../contracts/worker.ts'
import { imageWorkerRoutes } from '../../contracts/worker.ts'
import type { EventReply } from './worker-client.ts'
import type { WorkerProcess } from './worker-process.ts'

/** A model of one file, on the processor. */
export function modelOf(path: string): ModelSpecification {
  return {
    files: { model: path },
    placement: { device: 'cpu', text_encoder: 'device', vae: 'device', offload: false },
  }
}

/** A small quick picture, with what a test changes of it. */
export function imageRequest(model: ModelSpecification, changes: Partial<ImageRequest> = {}): ImageRequest {
  return {
    model,
    prompt: 'a large red heart in a snowy field',
    negative_prompt: '',
    width: 64,
    height: 64,
    steps: 2,
    guidance: 4,
    guidance_kind: 'classifier_free',
    sampler: 'euler_a',
    scheduler: 'discrete',
    clip_skip: -1,
    seed: 7,
    count: 1,
    vae_tiling: false,
    vae_tile_side: null,
    init_image_base64: null,
    strength: null,
    mask_image_base64: null,
    control_image_base64: null,
    control_strength: null,
    ...changes,
  }
}

let requests = 0

/** Starts a generation under a request id of its own. */
export async function begin(
  worker: WorkerProcess,
  request: ImageRequest,
): Promise<EventReply & { requestId: string }> {
  requests += 1
  const requestId = `test-${requests}`
  return { ...(await worker.client.stream(imageWorkerRoutes.generate, request, requestId)), requestId }
}

/** Generates to the end and gives all events. */
export async function generate(worker: WorkerProcess, request: ImageRequest): Promise<ImageEvent[]> {
  const reply = await begin(worker, request)
  return reply.ended
}

/** The pictures among the events, as base64. */
export function picturesOf(events: ImageEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'image' ? [event.png_base64] : []))
}

/** The error of a generation that failed. Fails where it did not. */
export function failureOf(events: ImageEvent[]): { code: string; details: Record<string, unknown> } {
  const last = events.at(-1)
  if (last?.type !== 'failed') throw new Error(`It did not fail: ${JSON.stringify(last).slice(0, 300)}`)
  return last.error
}
