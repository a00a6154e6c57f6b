import { expect, test } from 'vitest'
import { waitForEnd } from '../../../orchestrator/domain/generation/wait-for-end.ts'
import {
  markGenerationCancelled,
  markGenerationStarted,
} from '../../../orchestrator/storage/generation-states.ts'
import { openGallery } from '../gallery/support.ts'
import { storeGeneration } from '../storage/support.ts'

/** Two pictures that wait, and a way to end one of them. */
function twoWaiting() {
  const { database, events, views } = openGallery()
  storeGeneration(database, 1)
  storeGeneration(database, 2)
  const end = (id: number) => {
    markGenerationCancelled(database, id, Date.now())
    events.publish({ type: 'generation-cancelled', generation: views.one(id) }, 'It ended.')
  }
  return { database, parts: { events, views }, end }
}

const forever = 3600

test('[generation-wait] it ends with the last of the pictures, and not before', async () => {
  const { database, parts, end } = twoWaiting()
  const heard: (readonly string[])[] = []
  let isOver = false
  const waiting = waitForEnd(parts, [1, 2], forever, {
    client: 'local',
    onWait: (ids) => void heard.push(ids),
  }).then(() => (isOver = true))
  expect(heard).toEqual([['1', '2']])
  end(1)
  markGenerationStarted(database, 2, 0)
  parts.events.publish({ type: 'generation-started', generation: parts.views.one(2) }, 'It began.')
  await Promise.resolve()
  expect(isOver).toBe(false)
  end(2)
  await waiting
  expect(isOver).toBe(true)
})

test('[generation-wait] it ends when the caller is gone, and the picture is left as it is', async () => {
  const { parts } = twoWaiting()
  const caller = new AbortController()
  const waiting = waitForEnd(parts, [1], forever, { client: 'local', signal: caller.signal })
  caller.abort()
  await waiting
  expect(parts.views.one(1).state).toBe('queued')
  await waitForEnd(parts, [1], forever, { client: 'local', signal: caller.signal })
})

test.each([
  ['no time is given', [1], 0],
  ['there is nothing to wait for', [], forever],
  ['there is no such picture', [7], forever],
])('[generation-wait] it ends at once where %s', async (_, ids, seconds) => {
  const { parts } = twoWaiting()
  let waited = false
  await waitForEnd(parts, ids, seconds, { client: 'local', onWait: () => (waited = true) })
  expect(waited).toBe(false)
})

test('[generation-wait] it ends when the time is over', async () => {
  const { parts } = twoWaiting()
  await waitForEnd(parts, [1], 0.01, { client: 'local' })
  expect(parts.views.one(1).state).toBe('queued')
})
