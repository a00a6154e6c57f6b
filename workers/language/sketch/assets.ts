import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { LoadedModel } from '../engine/loaded-model.ts'
import { choices } from './known-tools.ts'
import { situations } from './transcript.ts'

const routerSchema = z.object({
  tools: z.array(z.enum(choices)),
  situations: z.array(z.enum(situations)),
  slots: z.int().min(1),
  scale: z.number(),
  bias: z.array(z.number()),
  weights: z.base64().transform((text) => new Int8Array(Buffer.from(text, 'base64'))),
})

/** Weights of the router, see router.ts: one row of as many as there are choices for each slot. */
export type RouterWeights = z.output<typeof routerSchema>

const repliesSchema = z.object({
  replies: z.array(z.string()),
  outcomes: z.record(z.string(), z.array(z.string())),
})

/** Everything the model was taught to say: to people, and after each outcome of a call. */
export type Replies = z.output<typeof repliesSchema>

const manifestSchema = z.object({
  combination: z.object({ language_model: z.number().min(0).max(1) }).optional(),
})

/** What lies beside the built-in model's weights. */
export interface SketchAssets {
  readonly router: RouterWeights | null
  readonly replies: Replies | null
  /** How much the model's own opinion counts against the router's, 0 to 1. */
  readonly modelShare: number
}

/** Read once for each model that is loaded, and forgotten with it. */
const known = new WeakMap<LoadedModel, SketchAssets>()

/** What lies beside a model; what is not there is done without. */
export function assetsOf(loaded: LoadedModel): SketchAssets {
  const assets = known.get(loaded) ?? readAssets(dirname(loaded.specification.file))
  known.set(loaded, assets)
  return assets
}

function readAssets(folder: string): SketchAssets {
  const manifest = read(join(folder, 'manifest.json'), manifestSchema)
  return {
    router: read(join(folder, 'router.json'), routerSchema),
    replies: read(join(folder, 'replies.json'), repliesSchema),
    modelShare: manifest?.combination?.language_model ?? 0.5,
  }
}

function read<Content>(path: string, schema: z.ZodType<Content>): Content | null {
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null
}
