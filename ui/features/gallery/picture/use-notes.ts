import { useQueryClient } from '@tanstack/vue-query'
import { tryOnScopeDispose, useDebounceFn } from '@vueuse/core'
import { computed, ref, watch, type Ref } from 'vue'
import type { Generation } from '../../../../contracts/entities/generation.ts'
import { placeGeneration } from '../../../api/apply-event.ts'
import { describeFailure } from '../../../api/failure.ts'
import { useSession } from '../../../api/session.ts'

/** Whether what was written is stored. */
export type NotesState = 'stored' | 'changed' | 'storing' | 'failed'

const pause = 800

/**
 * The notes of a picture while they are written. They are stored when one pauses, when another picture is shown, and
 * when the field goes away. What was written stays in the field until it is stored.
 */
export function useNotes(generation: Readonly<Ref<Generation>>) {
  const { invoke } = useSession()
  const client = useQueryClient()
  const text = ref(generation.value.notes)
  const state = ref<NotesState>('stored')
  const failure = ref<string | null>(null)
  const storeLater = useDebounceFn(() => store(generation.value.id), pause)

  watch(
    () => generation.value.id,
    (_, before) => {
      void store(before)
      text.value = generation.value.notes
      state.value = 'stored'
    },
  )
  watch(
    () => generation.value.notes,
    (notes) => {
      if (state.value === 'stored') text.value = notes
    },
  )
  tryOnScopeDispose(() => void store(generation.value.id))

  function write(notes: string): void {
    text.value = notes
    state.value = 'changed'
    void storeLater()
  }

  /** Stores what was written about this picture, if anything was since it was stored last. */
  async function store(id: string): Promise<void> {
    if (state.value !== 'changed' && state.value !== 'failed') return
    const notes = text.value
    state.value = 'storing'
    try {
      const { generations } = await invoke('rate_generations', { generations: [id], notes })
      for (const one of generations) placeGeneration(client, one)
      if (generation.value.id === id && text.value === notes) state.value = 'stored'
    } catch (error) {
      const { what, advice } = describeFailure(error)
      failure.value = `${what} ${advice}`
      if (generation.value.id === id) state.value = 'failed'
    }
  }

  const words = computed(() => {
    if (state.value === 'failed') return `Not stored. ${failure.value ?? ''}`
    return { stored: text.value === '' ? '' : 'Stored', changed: 'Not stored yet', storing: 'Storing…' }[
      state.value
    ]
  })

  return { text, state, words, write, storeNow: () => store(generation.value.id) }
}
