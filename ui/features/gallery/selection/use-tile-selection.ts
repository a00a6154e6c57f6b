import { onLongPress } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { useSelection } from './use-selection.ts'

/** How long a finger rests on a picture to select it, in milliseconds. */
const longPress = 450

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/**
 * How one tile is selected: its mark; a click with Ctrl, Cmd or Shift, or any click once something is selected; Space
 * or X; Shift with the arrow keys; and a finger that rests on it.
 */
export function useTileSelection(id: () => string, tile: Readonly<Ref<HTMLElement | null>>) {
  const selection = useSelection()
  const isSelected = computed(() => selection?.isSelected(id()) ?? false)
  const isSelecting = computed(() => (selection?.selected.value.length ?? 0) > 0)
  let pressed = false

  onLongPress(
    tile,
    (event) => {
      if (selection === null || event.pointerType === 'mouse') return
      pressed = true
      selection.toggle(id())
    },
    { delay: longPress, distanceThreshold: 12 },
  )

  function onMark(event: MouseEvent): void {
    if (event.shiftKey) selection?.extendTo(id())
    else selection?.toggle(id())
  }

  /** Takes a click that selects from the link; one made by the Enter key, which has no count, opens the picture. */
  function onClick(event: MouseEvent): void {
    if (selection === null) return
    const selects =
      event.shiftKey || event.ctrlKey || event.metaKey || (isSelecting.value && event.detail > 0)
    if (!pressed && !selects) return
    event.preventDefault()
    event.stopPropagation()
    if (!pressed) onMark(event)
    pressed = false
  }

  /** A finger that rests would open the menu of the browser. */
  function onContextMenu(event: Event): void {
    if (pressed || (event as PointerEvent).pointerType === 'touch') event.preventDefault()
  }

  function onKey(event: KeyboardEvent): void {
    if (selection === null || event.altKey || event.ctrlKey || event.metaKey) return
    const step = event.shiftKey ? steps[event.key] : undefined
    if (step !== undefined) extend(step)
    else if (event.key === ' ' || event.key.toLowerCase() === 'x') selection.toggle(id())
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function extend(step: number): void {
    const to = selection?.neighbour(id(), step) ?? null
    if (to === null) return
    if (!isSelected.value) selection?.toggle(id())
    selection?.extendTo(to)
    document.querySelector<HTMLElement>(`[data-tile="${to}"]`)?.focus()
  }

  return { isSelected, isSelecting, onMark, onClick, onContextMenu, onKey }
}
