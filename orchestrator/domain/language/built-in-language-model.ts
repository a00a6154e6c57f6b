import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { builtInLanguagePreset, languageSettingsSchema } from '../../../contracts/entities/language-preset.ts'

/** What the built-in model was made for; its prompts are short, so its context is. */
const contextTokens = 1024

/** The language model that comes with the product. */
export interface BuiltInLanguageModel {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly settings: ReturnType<typeof languageSettingsSchema.parse>
}

/** @param modelsFolder where the product's own models lie */
export function builtInLanguageModel(modelsFolder: string): BuiltInLanguageModel {
  return {
    id: builtInLanguagePreset,
    name: 'MystiCanvas Chat',
    file: join(modelsFolder, 'mysticanvas-chat', 'model.gguf'),
    settings: languageSettingsSchema.parse({
      context_tokens: contextTokens,
      gpu_layers: 0,
      temperature: 0,
      max_output_tokens: 320,
    }),
  }
}

/** Whether its file is there; it is shipped as it is used, so nothing has to be unpacked. */
export function isThere(model: BuiltInLanguageModel): boolean {
  return existsSync(model.file)
}
