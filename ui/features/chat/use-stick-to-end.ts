import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, ref, type Ref } from 'vue'

/** How near the end counts as being there, in pixels. */
const near = 64

/** Keeps the end of a growing conversation in view, unless a person has scrolled away from it. */
export function useStickToEnd(
  scroller: Readonly<Ref<HTMLElement | null>>,
  content: Readonly<Ref<HTMLElement | null>>,
): { isAtEnd: Readonly<Ref<boolean>>; toEnd: () => Promise<void> } {
  const isAtEnd = ref(true)
  let lastTop = 0

  function jump(): void {
    const element = scroller.value
    if (element !== null) element.scrollTop = element.scrollHeight
  }

  useEventListener(
    scroller,
    'scroll',
    () => {
      const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = scroller.value ?? {}
      const isNear = scrollHeight - scrollTop - clientHeight < near
      // Only going up leaves the end: content that grows, or is measured anew, moves it away by itself.
      if (isNear) isAtEnd.value = true
      else if (scrollTop < lastTop) isAtEnd.value = false
      lastTop = scrollTop
    },
    { passive: true },
  )
  useResizeObserver([content, scroller], () => isAtEnd.value && jump())

  async function toEnd(): Promise<void> {
    isAtEnd.value = true
    await nextTick()
    jump()
  }

  return { isAtEnd, toEnd }
}
