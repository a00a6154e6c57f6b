import { cinema } from './cinema.ts'
import { craft } from './craft.ts'
import { digital } from './digital.ts'
import { drawing } from './drawing.ts'
import type { LibraryStyle } from './library-style.ts'
import { painting } from './painting.ts'
import { photography } from './photography.ts'
import { print } from './print.ts'

/**
 * The styles that come with the product. Those that the built-in model was trained on (watercolor, pixel art, neon, pencil
 * sketch, film noir, vintage) are written in its words alone and avoid nothing, because what they avoided would weaken the
 * picture on it; a larger model understands them as well.
 */
export const styleLibrary: readonly LibraryStyle[] = [
  ...photography,
  ...cinema,
  ...painting,
  ...drawing,
  ...print,
  ...craft,
  ...digital,
]
