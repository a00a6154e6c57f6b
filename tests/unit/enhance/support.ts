import { join } from 'node:path'
import { pino } from 'pino'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { StoredEvent } from '../../../contracts/events.ts'
import { checkInput } from '../../../orchestrator/domain/check-input.ts'
import { EnhanceService } from '../../../orchestrator/domain/enhance/enhance-service.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { readBuiltInModels } from '../../../orchestrator/domain/presets/manifest.ts'
import { PromptLibrary } from '../../../orchestrator/domain/prompts/prompt-library.ts'
import { preset } from '../domain/support.ts'
import { memoryDatabase } from '../storage/support.ts'

const project = join(import.meta.dirname, '../../..')

/** The folder of the product's own files of prompts. */
export const builtInPrompts = join(project, 'prompts')

/** The model that comes with the product, as a preset. */
export function sketch(): Preset {
  const [model] = readBuiltInModels(join(project, 'models'))
  if (model === undefined) throw new Error('One model comes with the product.')
  const { id, name, defaults, vocabulary } = model
  return preset({ id, name, defaults, vocabulary, family: 'sd1' })
}

/** A preset of a family, without a negative prompt. */
export function real(family: Preset['family'], guidance = 7): Preset {
  return preset({
    id: family,
    name: family,
    family,
    defaults: { ...preset().defaults, negative_prompt: '', guidance },
  })
}

/** enhance_prompt over the product's own rules, with a folder for a person's copies. */
export function openEnhancer(presets: readonly Preset[], ownPrompts = join(project, 'prompts', 'none')) {
  const database = memoryDatabase()
  const events = new EventBus(database, pino({ level: 'silent' }))
  const told: StoredEvent[] = []
  events.subscribe((event) => void told.push(event))
  const prompts = new PromptLibrary(builtInPrompts, ownPrompts, events)
  const find = (id?: string) => presets.find((one) => id === undefined || one.id === id) as Preset
  const service = new EnhanceService({
    database,
    presets: { get: async (id) => find(id), first: async () => find() },
    prompts,
  })
  const enhance = async (input: object) => {
    const output = await service.enhance(checkInput(capabilities.enhance_prompt.input, input))
    return capabilities.enhance_prompt.output.parse(output)
  }
  return { database, enhance, prompts, told }
}
