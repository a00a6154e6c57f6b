import type { Releasable } from '../memory/releasable.ts'
import type { LanguageModels } from './language-models.ts'
import type { LanguageSupervisor } from './supervise-language-worker.ts'

/** What the language model holds, for whoever plans memory: its context, and then all of it. */
export function languageMemory(models: LanguageModels, supervisor: LanguageSupervisor): Releasable {
  const contextBytes = () => supervisor.status.health?.language.context_bytes ?? 0
  const modelBytes = () => (supervisor.status.health?.models ?? []).reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    name: 'the language model',
    softBytes: contextBytes,
    hardBytes: () => contextBytes() + modelBytes(),
    soft: () => models.purgeContext(),
    hard: () => models.unload(),
  }
}
