import { pino } from 'pino'
import { EmbeddedEngine } from '../../workers/image/engines/embedded/embedded-engine.ts'
import { chooseThreads } from '../../workers/image/threads.ts'
import { exampleRecipe } from './example-recipe.ts'
import { Stopwatch, type Durations } from './stages.ts'

/** The engine's process alone, without worker, HTTP and database, set up as the worker does it. */
export async function openRawEngine(model: string) {
  const patience = { heartbeatMs: 10_000, stallMs: 600_000 }
  const engine = new EmbeddedEngine({ threads: chooseThreads(0), patience, log: pino({ level: 'silent' }) })
  const signal = new AbortController().signal
  await engine.load({ files: { model }, placement: exampleRecipe(0).placement }, signal)
  return {
    async generate(seed: number): Promise<Durations> {
      const { prompt, negative_prompt, width, height, steps, guidance, sampler, scheduler, clip_skip } =
        exampleRecipe(seed)
      const settings = {
        prompt,
        negative_prompt,
        width,
        height,
        steps,
        guidance,
        guidance_kind: 'classifier_free',
        sampler,
        scheduler,
        clip_skip,
        seed,
      } as const
      const noPictures = {
        init_image_base64: null,
        strength: null,
        mask_image_base64: null,
        control_image_base64: null,
        control_strength: null,
      } as const
      const watch = new Stopwatch()
      let made = 0
      await engine.generate(
        { ...settings, ...noPictures, count: 1, vae_tiling: false, vae_tile_side: null },
        (report) => {
          if (report.type === 'phase') watch.enter(report.phase)
          if (report.type === 'image') made += 1
        },
        signal,
      )
      if (made !== 1) throw new Error('The engine made no picture.')
      return watch.stop()
    },
    close: () => engine.unload(),
  }
}
