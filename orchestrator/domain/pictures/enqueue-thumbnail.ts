import { z } from 'zod'
import type { WritableDatabase } from '../../storage/connection.ts'
import { enqueueJob, jobPriority } from '../../storage/jobs.ts'

export const thumbnailKind = 'thumbnail'

export const thumbnailPayloadSchema = z.strictObject({ generation_id: z.int() })

/** Asks for a picture's thumbnails; inside the transaction that stores the picture. */
export function enqueueThumbnail(database: WritableDatabase, id: number, requestId: string): void {
  const now = Date.now()
  enqueueJob(database, {
    kind: thumbnailKind,
    payload: { generation_id: id } satisfies z.output<typeof thumbnailPayloadSchema>,
    priority: jobPriority.background,
    max_attempts: 3,
    request_id: requestId,
    generation_id: id,
    unique_key: `${thumbnailKind}:${id}`,
    run_at: now,
    created_at: now,
  })
}
