import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { z } from 'zod'
import { placementSchema, samplers, schedulers } from '../../contracts/entities/engine.ts'
import { EmbeddedEngine } from '../../workers/image/engines/embedded/embedded-engine.ts'
import type { EngineTimings } from '../../workers/image/engines/engine.ts'

/** One line of the list of pictures to draw: what it leaves out is as the model's manifest has it. */
const wishSchema = z.strictObject({
  name: z.string().regex(/^[\w-]+$/),
  prompt: z.string(),
  negative_prompt: z.string().default(''),
  seed: z.int().default(1),
  width: z.int().default(128),
  height: z.int().default(128),
  steps: z.int().default(20),
  guidance: z.number().default(4),
  sampler: z.enum(samplers).default('euler_a'),
  scheduler: z.enum(schedulers).default('discrete'),
  vae_tiling: z.boolean().default(false),
})

/** What drawing a list took: milliseconds of the whole and of its stages, for each picture. */
export interface Drawn {
  readonly name: string
  readonly total: number
  readonly stages: EngineTimings
}

/**
 * Draws a list of pictures through the embedded engine, as the product does: `NAME.png` in a folder for each.
 *
 * @param list a file with a JSON object a line
 */
export async function drawAll(
  model: string,
  list: string,
  folder: string,
  threads: number,
): Promise<Drawn[]> {
  mkdirSync(folder, { recursive: true })
  const patience = { heartbeatMs: 120_000, stallMs: 900_000 }
  const engine = new EmbeddedEngine({ threads, patience, log: pino({ level: 'silent' }) })
  const signal = new AbortController().signal
  const drawn: Drawn[] = []
  try {
    await engine.load({ files: { model }, placement: placementSchema.parse({}) }, signal)
    for await (const line of createInterface({ input: createReadStream(list) })) {
      const { name, ...wish } = wishSchema.parse(JSON.parse(line))
      const began = performance.now()
      const stages = await engine.generate(
        {
          ...wish,
          guidance_kind: 'classifier_free',
          clip_skip: -1,
          count: 1,
          init_image_base64: null,
          strength: null,
          vae_tile_side: null,
          mask_image_base64: null,
          control_image_base64: null,
          control_strength: null,
        },
        (report) => {
          if (report.type === 'image') writeFileSync(join(folder, `${name}.png`), report.png)
        },
        signal,
      )
      drawn.push({ name, total: performance.now() - began, stages })
    }
  } finally {
    await engine.unload()
  }
  return drawn
}
