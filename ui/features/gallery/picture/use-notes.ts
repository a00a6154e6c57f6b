import { useQueryClient } from '@tanstack/vue-query'
import { tryOnScopeDispose, useDebounceFn } from '@vueuse/core'
import { computed, ref, watch, type Ref } from 'vue'
import type { Generation } from '../../../../contracts/entities/generation.ts'
import { placeGeneration } from '../../../api/apply-event.ts'
import { describeFailure } from '../../../api/failure.ts'
import { useSession } from '../../../api/session.ts'
import { useFailureToast } from '../../../components/use-failure-toast.ts'
import { useUnstoredNotes } from '../../../generation/unstored-notes.ts'

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
  const unstored = useUnstoredNotes()
  const text = ref('')
  const state = ref<NotesState>('stored')
  const failure = ref<string | null>(null)
  const showFailure = useFailureToast()
  let isShown = true
  const storeLater = useDebounceFn(() => store(generation.value.id), pause)

  watch(
    () => generation.value.id,
    (_, before) => {
      if (before !== undefined) void store(before)
      const kept = unstored.get(generation.value.id)
      text.value = kept ?? generation.value.notes
      state.value = kept === undefined ? 'stored' : 'failed'
    },
    { immediate: true },
  )
  watch(
    () => generation.value.notes,
    (notes) => {
      if (state.value === 'stored') text.value = notes
    },
  )
  tryOnScopeDispose(() => {
    isShown = false
    void store(generation.value.id)
  })

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
      unstored.delete(id)
      for (const one of generations) placeGeneration(client, one)
      if (generation.value.id === id && text.value === notes) state.value = 'stored'
    } catch (error) {
      const { what, advice } = describeFailure(error)
      failure.value = `${what} ${advice}`
      if (isShown && generation.value.id === id) return void (state.value = 'failed')
      unstored.set(id, notes)
      showFailure('The notes of the last picture were not stored.', error)
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
