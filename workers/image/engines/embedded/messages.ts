import { z } from 'zod'

/**
 * The JSON lines between the worker and the engine's process. Worker to engine: `load`, `generate`, `cancel`.
 * A cancelled generation ends with `done` or `failed` like any other.
 */
export type ToChild =
  | { type: 'load'; files: Record<string, string>; config: Record<string, string | number | boolean> }
  | {
      type: 'generate'
      parameters: Record<string, string | number | boolean>
      init_image_base64: string | null
    }
  | { type: 'cancel' }

/** Engine to worker, on descriptor 3. */
export const fromChildSchema = z.discriminatedUnion('type', [
  /** The main thread is alive; each second, except while a model is being loaded. */
  z.object({ type: z.literal('beat') }),
  z.object({ type: z.literal('loaded') }),
  z.object({ type: z.literal('load-failed'), message: z.string() }),
  /** A step of whatever has steps: sampling, and the tiles of a tiled VAE. */
  z.object({ type: z.literal('tick'), step: z.int(), total: z.int() }),
  /** A line of the native log; level 0 is an error, 1 a warning. */
  z.object({ type: z.literal('log'), level: z.int(), text: z.string() }),
  z.object({ type: z.literal('image'), png_base64: z.string() }),
  z.object({ type: z.literal('done'), statistics: z.record(z.string(), z.unknown()) }),
  z.object({ type: z.literal('failed'), message: z.string() }),
])
export type FromChild = z.output<typeof fromChildSchema>
