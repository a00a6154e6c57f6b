import { picturesOfResult } from '../contracts/chat-pictures.ts'
import { toolOutputSchema, type ChatData, type ChatMessage } from '../contracts/entities/conversation.ts'
import type { Generation } from '../contracts/entities/generation.ts'

/** What the last words of a turn say beside the model's. */
export interface Closing {
  readonly notices: readonly ChatData['notice'][]
  readonly suggestions: ChatData['suggestions']['suggestions']
}

/** The page on which real models are added. */
const presetsPage = '/presets'

/** What to say at the end of a turn that went well, from what its tools gave. */
export function closingOf(message: Pick<ChatMessage, 'parts'>): Closing {
  const results = message.parts.flatMap((part) => {
    if (part.type !== 'dynamic-tool') return []
    const output = toolOutputSchema.safeParse(part.output)
    return output.success && output.data.ok ? [{ tool: part.toolName, result: output.data.result }] : []
  })
  const made = results.flatMap(({ tool, result }) =>
    tool === 'generate' ? (result as { generations: readonly Generation[] }).generations : [],
  )
  const words = [...new Set(made.flatMap(({ prompt_words: sorted }) => sorted?.unknown ?? []))]
  const found = results.flatMap(({ tool, result }) =>
    tool === 'search_history' ? picturesOfResult(result) : [],
  )
  return {
    notices: words.length === 0 ? [] : [unknownWords(words)],
    suggestions: suggestionsFor({ made: made.length, found: found.length, unknown: words.length }),
  }
}

/** A sketch model draws something for every word; what it drew for a word it never saw means nothing. */
function unknownWords(words: readonly string[]): ChatData['notice'] {
  const named = words.map((word) => `“${word}”`).join(', ')
  const they = words.length === 1 ? 'this word' : 'these words'
  return {
    level: 'warning',
    code: 'words_unknown',
    message: `The model that drew this does not know ${they}: ${named}. What it drew for ${words.length === 1 ? 'it' : 'them'} means nothing; a real model can draw more.`,
    details: { words },
  }
}

function suggestionsFor(turn: { made: number; found: number; unknown: number }): Closing['suggestions'] {
  const realModel = { label: 'Add a real model', say: null, href: presetsPage }
  const another = { label: 'Another one', say: 'another one' }
  const style = { label: 'Make it watercolor', say: 'make it watercolor' }
  const look = { label: 'What is in it?', say: 'what is in the last one?' }
  if (turn.unknown > 0) return [realModel, another]
  if (turn.made > 0) return [another, style, look]
  return turn.found > 0 ? [look] : []
}
