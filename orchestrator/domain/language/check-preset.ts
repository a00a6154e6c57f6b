import type { CapabilityOutput } from '../../../contracts/capabilities/index.ts'
import type { LanguageModels } from './language-models.ts'
import { tryEndpoint } from './try-endpoint.ts'

/** Has a language model say a few words. @throws ProductError what keeps it from that */
export async function checkPreset(
  models: LanguageModels,
  preset: string,
): Promise<CapabilityOutput<'check_language_preset'>> {
  const began = performance.now()
  const text = await tryEndpoint(await models.endpoint(undefined, preset))
  return { preset, text, milliseconds: Math.round(performance.now() - began) }
}
