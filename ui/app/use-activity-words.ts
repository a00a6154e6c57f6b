import { useQueryClient } from '@tanstack/vue-query'
import { watch } from 'vue'
import type { Generation } from '../../contracts/entities/generation.ts'
import { describeBody } from '../api/failure.ts'
import { keys } from '../api/keys.ts'
import { useAnnouncer } from './announcer.ts'
import { useQueue } from './use-queue.ts'

/** Tells people who listen to the page when a picture is begun and how it ended. */
export function useActivityWords(): void {
  const { running } = useQueue()
  const { announce } = useAnnouncer()
  const client = useQueryClient()

  watch(running, (now, before) => {
    if (before !== null && now?.id !== before.id) announce(outcome(before.id, now))
    else if (now !== null && before === null) announce(`Making: ${now.recipe.prompt}`)
  })

  function outcome(id: string, next: Generation | null): string {
    const finished = client.getQueryData<Generation[]>(keys.recent)?.find((one) => one.id === id)
    const words = finished === undefined ? '' : endOf(finished)
    return next === null ? words : `${words} Making: ${next.recipe.prompt}`
  }
}

function endOf({ state, recipe, error }: Generation): string {
  if (state === 'completed') return `Finished: ${recipe.prompt}.`
  if (state === 'cancelled') return 'The picture was cancelled.'
  return error === null ? 'The picture failed.' : `The picture failed. ${describeBody(error).what}`
}
