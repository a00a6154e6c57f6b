import type { Generation, Picture, Progress } from '../../contracts/entities/generation.ts'
import type { GenerationTag } from '../../contracts/entities/tag.ts'
import type { FileRole, GenerationFile } from './generation-files.ts'
import type { GenerationRow } from './generation-row.ts'

/** What the row of a picture does not hold. */
export interface GenerationExtras {
  /** How many pictures are made before this one, see `waitingPositions`; null when it does not wait. */
  readonly queuePosition: number | null
  /** How far the work is; null when it is not being worked on. */
  readonly progress: Progress | null
  readonly tags: readonly GenerationTag[]
}

/** Shows a picture as the contract describes it. `files` are those of this picture. */
export function toGeneration(
  row: GenerationRow,
  files: readonly GenerationFile[],
  extras: GenerationExtras,
): Generation {
  return {
    id: String(row.id),
    state: row.state,
    recipe: row.recipe,
    prompt_words: row.prompt_words,
    queue_position: extras.queuePosition,
    progress: extras.progress,
    attempts: row.attempts,
    picture: toPicture(row.id, files),
    error: row.error,
    request_id: row.request_id,
    created_at: isoTime(row.created_at),
    started_at: isoTimeOrNull(row.started_at),
    finished_at: isoTimeOrNull(row.finished_at),
    deleted_at: isoTimeOrNull(row.deleted_at),
    rating: row.rating,
    favorite: row.favorite === 1,
    notes: row.notes,
    tags: [...extras.tags],
    ...(row.memory_plan !== null && { memory_plan: row.memory_plan }),
  }
}

function toPicture(id: number, files: readonly GenerationFile[]): Picture | null {
  const original = files.find((file) => file.role === 'original')
  if (original === undefined) return null
  const url = (role: FileRole) => `/api/pictures/${id}/${role}`
  const urlIfThere = (role: FileRole) => (files.some((file) => file.role === role) ? url(role) : null)
  return {
    url: url('original'),
    thumbnail_url: urlIfThere('thumbnail'),
    preview_url: urlIfThere('preview'),
    width: original.width,
    height: original.height,
    bytes: original.bytes,
    sha256: original.sha256,
  }
}

function isoTime(time: number): string {
  return new Date(time).toISOString()
}

function isoTimeOrNull(time: number | null): string | null {
  return time === null ? null : isoTime(time)
}
