import type { Generation } from '../../../contracts/entities/generation.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import type { StoredEvent } from '../../../contracts/events.ts'

export const recipe: Recipe = {
  mode: 'txt2img',
  prompt: 'a red boat',
  negative_prompt: '',
  seed: 42,
  width: 128,
  height: 128,
  steps: 20,
  guidance: 4,
  sampler: 'euler_a',
  scheduler: 'discrete',
  clip_skip: -1,
  strength: null,
  source_generation: null,
  source_picture: null,
  vae_tiling: false,
  placement: { device: 'auto', text_encoder: 'device', vae: 'device', offload: false },
  preset: { id: 'sketch', name: 'Sketch', family: 'sd1', files: [] },
  engine: null,
}

const states = {
  queued: { started_at: null, finished_at: null, picture: null },
  running: { started_at: '2026-03-01T10:00:00.000Z', finished_at: null, picture: null },
  completed: { started_at: '2026-03-01T10:00:00.000Z', finished_at: '2026-03-01T10:00:08.000Z' },
  failed: { started_at: '2026-03-01T10:00:00.000Z', finished_at: '2026-03-01T10:00:08.000Z', picture: null },
  cancelled: { started_at: null, finished_at: '2026-03-01T10:00:08.000Z', picture: null },
} as const

/** A picture in some state; complete in every field. */
export function generation(id: number | string, changes: Partial<Generation> = {}): Generation {
  const state = changes.state ?? 'completed'
  return {
    id: String(id),
    state,
    recipe,
    prompt_words: null,
    queue_position: null,
    progress: null,
    attempts: 1,
    picture: {
      url: `/api/pictures/${id}/original`,
      thumbnail_url: null,
      preview_url: null,
      width: 128,
      height: 128,
      bytes: 1000,
      sha256: 'ab'.repeat(32),
    },
    error: null,
    request_id: `request-${id}`,
    created_at: '2026-03-01T10:00:00.000Z',
    deleted_at: null,
    rating: null,
    favorite: false,
    notes: '',
    tags: [],
    ...states[state],
    ...changes,
  }
}

/** A picture of other measures. */
export function shaped(
  id: number,
  width: number,
  height: number,
  changes: Partial<Generation> = {},
): Generation {
  const { picture } = generation(id)
  return generation(id, { picture: picture && { ...picture, width, height }, ...changes })
}

export function preset(changes: Partial<Preset> = {}): Preset {
  return {
    id: 'sketch',
    name: 'Sketch',
    description: '',
    built_in: false,
    family: 'sd1',
    files: { model: '/models/sketch.safetensors' },
    defaults: {
      width: 128,
      height: 128,
      steps: 20,
      guidance: 4,
      sampler: 'euler_a',
      scheduler: 'discrete',
      negative_prompt: '',
      clip_skip: -1,
    },
    placement: { device: 'auto', text_encoder: 'device', vae: 'device', offload: false },
    max_side: 512,
    vocabulary: null,
    availability: { state: 'ready', progress: null, problem: null },
    ...changes,
  }
}

/** An event as the stream tells it; stored where it has an id. */
export function told(event: StoredEvent['event'], id: number | null = null): StoredEvent {
  return { id, time: '2026-03-01T10:00:00.000Z', request_id: null, message: event.type, event }
}
