import { computed, type ComputedRef } from 'vue'
import type { Generation } from '../../contracts/entities/generation.ts'
import { useUnfinished } from '../api/generations.ts'

/** The picture in the making and those that wait, first come first. */
export function useQueue(): { running: ComputedRef<Generation | null>; waiting: ComputedRef<Generation[]> } {
  const { data } = useUnfinished()
  const unfinished = computed(() => data.value ?? [])
  const running = computed(() => unfinished.value.find(({ state }) => state === 'running') ?? null)
  const waiting = computed(() =>
    unfinished.value
      .filter(({ state }) => state === 'queued')
      .toSorted((one, other) => placeOf(one) - placeOf(other) || Number(one.id) - Number(other.id)),
  )
  return { running, waiting }
}

function placeOf({ queue_position: position }: Generation): number {
  return position ?? Number.MAX_SAFE_INTEGER
}
