import type { ProductEvent } from '../../contracts/events.ts'
import { connect } from '../../orchestrator/commands/running-server.ts'
import { startProduct } from '../../orchestrator/main.ts'
import { exampleRecipe } from './example-recipe.ts'
import { Stopwatch, type Durations } from './stages.ts'

/** The product as it runs for people: asked by HTTP, with queue, database, worker process and thumbnails. */
export async function openWholeProduct(dataFolder: string) {
  const product = await startProduct({ dataFolder, overrides: { port: 0, log_level: 'warn' } })
  const { invoke } = connect(product.url, product.token)

  /** Waits for an event about any picture: there is one at a time. */
  function hear(type: ProductEvent['type']): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = product.domain.events.subscribe(({ event }) => {
      if (event.type === type) resolve()
      if (event.type === 'generation-failed') reject(new Error(event.error.message))
    })
    return promise.finally(stop)
  }

  return {
    async generate(seed: number): Promise<Durations> {
      const { prompt, width, height, steps, guidance, sampler, scheduler } = exampleRecipe(seed)
      const watch = new Stopwatch()
      const stop = product.domain.events.subscribe(({ event: next }) => {
        if (next.type === 'generation-progressed') watch.enter(next.progress.phase)
      })
      const thumbnails = hear('generation-updated')
      const completed = hear('generation-completed')
      await invoke('generate', { prompt, width, height, steps, guidance, sampler, scheduler, seed })
      await completed
      const durations = watch.stop()
      stop()
      // The thumbnails are made after the picture is there; they must not disturb the next measurement.
      await thumbnails
      return durations
    },
    close: () => product.stop(),
  }
}
