import { computed, shallowRef } from 'vue'
import { pan, wholePicture, zoom } from './view.ts'

/** How much one turn of the wheel or one press zooms. */
const step = 1.4

/** One view for all frames: what is done in one of them shows in the others. */
export function useView() {
  const view = shallowRef(wholePicture)
  let from: { x: number; y: number } | null = null

  function onWheel(event: WheelEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const place = {
      x: (event.clientX - box.left) / box.width - 0.5,
      y: (event.clientY - box.top) / box.height - 0.5,
    }
    view.value = zoom(view.value, Math.exp(-event.deltaY / 400), place)
  }

  function onDown(event: PointerEvent): void {
    from = { x: event.clientX, y: event.clientY }
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
  }

  function onMove(event: PointerEvent): void {
    if (from === null) return
    const { width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    view.value = pan(view.value, (event.clientX - from.x) / width, (event.clientY - from.y) / height)
    from = { x: event.clientX, y: event.clientY }
  }

  return {
    view,
    style: computed(() => ({
      transform: `translate(${view.value.x * 100}%, ${view.value.y * 100}%) scale(${view.value.scale})`,
      imageRendering: view.value.scale > 3 ? ('pixelated' as const) : ('auto' as const),
    })),
    percent: computed(() => Math.round(view.value.scale * 100)),
    zoomIn: () => void (view.value = zoom(view.value, step)),
    zoomOut: () => void (view.value = zoom(view.value, 1 / step)),
    reset: () => void (view.value = wholePicture),
    onWheel,
    onDown,
    onMove,
    onUp: () => void (from = null),
  }
}
