import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import { placeGeneration } from './apply-event.ts'
import { findListed } from './find-listed.ts'
import { byNewest } from './generation-pages.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

const recentLimit = 40

/** What waits or is being made, newest first. */
export function useUnfinished() {
  const { invoke } = useSession()
  return useQuery({
    queryKey: keys.unfinished,
    queryFn: async () => (await invoke('list_generations', { state: 'unfinished', limit: 200 })).generations,
  })
}

/** What is being made, what waits and the latest of what is finished, newest first. */
export function useRecent() {
  const { invoke } = useSession()
  const unfinished = useUnfinished()
  const finished = useQuery({
    queryKey: keys.recent,
    queryFn: async () => {
      const { generations } = await invoke('list_generations', { limit: recentLimit })
      return generations.filter(({ state }) => state !== 'queued' && state !== 'running')
    },
  })
  const generations = computed(() => {
    const waiting = unfinished.data.value ?? []
    const ids = new Set(waiting.map(({ id }) => id))
    const rest = (finished.data.value ?? []).filter(({ id }) => !ids.has(id)).slice(0, recentLimit)
    return [...waiting, ...rest].toSorted(byNewest)
  })
  return {
    generations,
    isPending: computed(() => unfinished.isPending.value || finished.isPending.value),
    error: computed(() => unfinished.error.value ?? finished.error.value),
    refetch: () => Promise.all([unfinished.refetch(), finished.refetch()]),
  }
}

/** One picture by its id; not asked for while it is not wanted. */
export function useGeneration(id: MaybeRefOrGetter<string>, isWanted: MaybeRefOrGetter<boolean> = true) {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useQuery({
    queryKey: computed(() => keys.generation(toValue(id))),
    // What a list knows of it is shown, and can be worked with, until the answer comes.
    placeholderData: () => findListed(client, toValue(id)),
    queryFn: () => invoke('get_generation', { generation: toValue(id) }),
    enabled: computed(() => toValue(isWanted)),
  })
}

/** Asks for pictures; the answer is what was queued. */
export function useGenerate() {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: CapabilityInput<'generate'>) => (await invoke('generate', input)).generations,
    onSuccess: (generations) => generations.forEach((one) => placeQueued(one)),
  })

  // The events of a fast engine may have overtaken this answer; what they said is newer.
  function placeQueued(generation: Generation): void {
    const known = client.getQueryData<Generation[]>(keys.recent)?.some(({ id }) => id === generation.id)
    const seen = client.getQueryData<Generation[]>(keys.unfinished)?.some(({ id }) => id === generation.id)
    if (!known && !seen) placeGeneration(client, generation)
  }
}

/** Cancels, moves to the bin or brings back, and shows the outcome at once. */
export function useChangeGeneration(name: 'cancel_generation' | 'delete_generation' | 'restore_generation') {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (generation: string) => invoke(name, { generation }),
    onSuccess: (generation) => placeGeneration(client, generation),
  })
}
