import { useEventListener } from '@vueuse/core'
import { isEditable } from '../../../components/is-editable.ts'
import type { WallSelection } from './use-selection.ts'

/** What keys do with the selected pictures. */
export interface SelectionDeeds {
  readonly remove: () => unknown
  readonly rate: (rating: number | null) => unknown
  readonly toggleFavorite: () => unknown
  readonly compare: () => unknown
}

/**
 * Ctrl A selects what is loaded, Escape clears; Delete, F, C and 0 to 5 act on what is selected. They come before the
 * keys of a single picture, and leave dialogs and lists alone.
 */
export function useSelectionKeys(selection: WallSelection, deeds: SelectionDeeds): void {
  useEventListener(
    window,
    'keydown',
    (event) => {
      if (event.altKey || event.shiftKey || isElsewhere(event.target) || !act(event)) return
      event.preventDefault()
      event.stopPropagation()
    },
    { capture: true },
  )

  function act(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase()
    if (event.ctrlKey || event.metaKey) {
      if (key === 'a') selection.selectAll()
      return key === 'a'
    }
    if (selection.selected.value.length === 0) return false
    const deed = deedOf(key)
    if (deed !== null) void deed()
    return deed !== null
  }

  function deedOf(key: string): (() => unknown) | null {
    if (/^[0-5]$/.test(key)) return () => deeds.rate(key === '0' ? null : Number(key))
    const byKey: Readonly<Record<string, () => unknown>> = {
      escape: selection.clear,
      delete: deeds.remove,
      f: deeds.toggleFavorite,
      c: deeds.compare,
    }
    return byKey[key] ?? null
  }
}

/** True while one writes, and while a dialog, a panel or a list is open, which has its own use for keys. */
function isElsewhere(target: EventTarget | null): boolean {
  const open = '[role="dialog"][data-state="open"], [role="menu"], [role="listbox"][data-state="open"]'
  return isEditable(target) || document.querySelector(open) !== null
}
