import { resolveChatWrapper, type ChatWrapper, type LlamaModel } from 'node-llama-cpp'
import type { ChatTemplate } from '../../../contracts/entities/language.ts'
import { ProductError } from '../../../contracts/errors.ts'

/** What the engine calls the templates. */
const names = {
  auto: 'auto',
  jinja: 'jinjaTemplate',
  chatml: 'chatML',
  qwen: 'qwen',
  llama3: 'llama3',
  'llama3.1': 'llama3.1',
  llama2: 'llama2Chat',
  mistral: 'mistral',
  gemma: 'gemma',
  deepseek: 'deepSeek',
  harmony: 'harmony',
  general: 'general',
} as const satisfies Record<ChatTemplate, string>

/**
 * How a conversation is written down for a model.
 *
 * @throws ProductError `language_model_incapable` where the file's own template cannot be used
 */
export function chooseChatWrapper(model: LlamaModel, template: ChatTemplate): ChatWrapper {
  try {
    return resolveChatWrapper(model, { type: names[template] })
  } catch (cause) {
    const summary = `This model cannot be spoken to with the chat template "${template}".`
    throw new ProductError('language_model_incapable', summary, { cause })
  }
}
