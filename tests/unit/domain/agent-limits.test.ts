import { expect, test } from 'vitest'
import { requireImageLimits } from '../../../orchestrator/domain/generation/agent-limits.ts'
import {
  markGenerationCancelled,
  moveGenerationToBin,
} from '../../../orchestrator/storage/generation-states.ts'
import { insertGeneration } from '../../../orchestrator/storage/generations.ts'
import { memoryDatabase, recipe } from '../storage/support.ts'

const limits = { images_per_hour: 3, queued_images: 2 }
const minute = 60_000
const now = Date.now()

function open() {
  const database = memoryDatabase()
  return {
    database,
    /** Stores a picture that was asked for so many minutes ago. */
    ask: (minutesAgo: number, client: string, isUnfinished = false) => {
      const time = now - minutesAgo * minute
      const id = time * 1024
      insertGeneration(database, {
        id,
        recipe: recipe(),
        prompt_words: null,
        request_id: 'r',
        client,
        created_at: time,
      })
      if (isUnfinished) return
      markGenerationCancelled(database, id, time)
      moveGenerationToBin(database, id, time)
    },
    want: (client: string, count: number) => requireImageLimits(database, client, count, limits, now),
  }
}

test('[agents-queue] an agent has few unfinished pictures at a time', () => {
  const { ask, want } = open()
  ask(90, 'agent:one', true)
  want('agent:one', 1)
  expect(() => want('agent:one', 2)).toThrow(
    expect.objectContaining({
      code: 'agent_queue_limit',
      details: expect.objectContaining({ retry_after_seconds: 10 }) as unknown,
    }),
  )
  expect(() => want('agent:one', 2)).toThrow('This agent has 1 unfinished pictures and asked for 2 more')
  want('agent:two', 2)
})

test('[agents-images] an agent asks for few pictures an hour, those in the bin included, and hears when there is room', () => {
  const { ask, want } = open()
  for (const minutesAgo of [70, 50, 40, 30]) ask(minutesAgo, 'agent:one')
  ask(20, 'agent:two')
  const refusedUntil = (time: number) =>
    expect.objectContaining({
      code: 'agent_image_limit',
      details: expect.objectContaining({ do_not_retry_before: new Date(time).toISOString() }) as unknown,
    })
  expect(() => want('agent:one', 1)).toThrow(refusedUntil(now + 10 * minute))
  expect(() => want('agent:one', 2)).toThrow(refusedUntil(now + 20 * minute))
  want('agent:two', 2)
})

test('[agents-images] people at the machine have no such limits', () => {
  const { ask, want } = open()
  for (const minutesAgo of [5, 4, 3, 2, 1]) ask(minutesAgo, 'local', true)
  expect(() => want('local', 4)).not.toThrow()
})
