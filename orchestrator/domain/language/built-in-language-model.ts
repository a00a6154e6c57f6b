import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { builtInLanguagePreset, languageSettingsSchema } from '../../../contracts/entities/language-preset.ts'
import { readLanguageManifest } from './language-manifest.ts'

/** What the built-in model was made for, where its manifest does not say: its prompts are short, so its context is. */
const shippedContext = 1024

/** The language model that comes with the product. */
export interface BuiltInLanguageModel {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly settings: ReturnType<typeof languageSettingsSchema.parse>
}

/** @param modelsFolder where the product's own models lie */
export function builtInLanguageModel(modelsFolder: string): BuiltInLanguageModel {
  const folder = join(modelsFolder, 'mysticanvas-chat')
  const manifest = readLanguageManifest(folder)
  return {
    id: builtInLanguagePreset,
    name: manifest?.name ?? 'MystiCanvas Chat',
    file: join(folder, 'model.gguf'),
    settings: languageSettingsSchema.parse({
      context_tokens: manifest?.context_tokens ?? shippedContext,
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
