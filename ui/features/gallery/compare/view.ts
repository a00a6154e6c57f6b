/**
 * The part of a picture that shows in its frame. `x` and `y` are how far the picture is moved, in sides of the frame,
 * so that frames of any size show the same part.
 */
export interface View {
  /** 1 shows the whole picture. */
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** A place in the frame, from -0.5 to 0.5 each way, 0 in the middle. */
export interface Place {
  readonly x: number
  readonly y: number
}

export const wholePicture: View = { scale: 1, x: 0, y: 0 }
const middle: Place = { x: 0, y: 0 }
const largestScale = 16

/** The same picture larger or smaller; what lies at the place stays there. */
export function zoom(view: View, factor: number, place: Place = middle): View {
  const scale = Math.min(largestScale, Math.max(1, view.scale * factor))
  const grown = scale / view.scale
  return within({
    scale,
    x: place.x - (place.x - view.x) * grown,
    y: place.y - (place.y - view.y) * grown,
  })
}

/** The picture moved, in sides of the frame. */
export function pan(view: View, x: number, y: number): View {
  return within({ ...view, x: view.x + x, y: view.y + y })
}

/** A picture covers its frame: no edge of it comes inside. */
function within({ scale, x, y }: View): View {
  const most = (scale - 1) / 2
  const clamp = (value: number): number => Math.min(most, Math.max(-most, value)) + 0
  return { scale, x: clamp(x), y: clamp(y) }
}
