import { useToast } from '@nuxt/ui/composables'
import { useEventListener } from '@vueuse/core'
import { computed } from 'vue'
import { ConnectionFailure } from '../api/failure.ts'
import { isEditable } from '../components/is-editable.ts'
import { useFailureToast } from '../components/use-failure-toast.ts'
import { useAnnouncer } from './announcer.ts'
import { useUndoHistory, type KeptUndoable, type Undoable } from './undo-history.ts'

/** Offers a way back for what a person did, and takes it. */
export function useUndo() {
  const { kept, keep, forget } = useUndoHistory()
  const { announce } = useAnnouncer()
  const toast = useToast()
  const showFailure = useFailureToast()
  const latest = computed(() => kept.value.at(-1) ?? null)

  /**
   * Tells what was done and offers to take it back.
   *
   * @param options.quiet true where the place it was done in shows the way back itself
   */
  function offer(undoable: Undoable, { quiet = false } = {}): void {
    const entry = keep(undoable)
    announce(`${undoable.title}.`)
    if (quiet) return
    toast.add({
      id: entry.id,
      title: undoable.title,
      ...(undoable.description !== undefined && { description: undoable.description }),
      icon: undoable.icon,
      color: 'neutral',
      actions: [{ label: 'Undo', color: 'neutral', variant: 'outline', onClick: () => void undo(entry) }],
    })
  }

  /** Takes one thing back, the latest if none is named; at most once. */
  async function undo(entry: KeptUndoable | null = latest.value): Promise<void> {
    if (entry === null || !kept.value.some(({ id }) => id === entry.id)) return
    forget(entry.id)
    toast.remove(entry.id)
    try {
      await entry.takeBack()
      announce(`Undone: ${entry.title}.`)
    } catch (error) {
      // Nothing reached the server, so it can be tried again.
      if (error instanceof ConnectionFailure) keep(entry)
      showFailure('This was not undone.', error)
    }
  }

  return { latest, offer, undo }
}

/** Ctrl Z, or Cmd Z, takes back what was done last, wherever one is; not while one writes. */
export function useUndoKey(): void {
  const { undo } = useUndo()
  useEventListener(window, 'keydown', (event) => {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey
    if (!isUndo || event.altKey || isEditable(event.target)) return
    event.preventDefault()
    void undo()
  })
}
