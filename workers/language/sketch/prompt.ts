import type { LlamaModel, Token } from 'node-llama-cpp'
import { countItems } from './outcome.ts'
import type { PastCall, Transcript } from './transcript.ts'

/** A text, and whether the marks in it are meant as such. A person's words never are. */
type Piece = readonly [text: string, marks: boolean]

/** What the model reads for its next answer: the form it was taught, in which its tools need no description. */
export function writePrompt(model: LlamaModel, transcript: Transcript): Token[] {
  const pieces: Piece[] = [
    [`<|im_start|>system\n${transcript.situation}<|im_end|>\n<|im_start|>user\n`, true],
    [` ${transcript.say}`, false],
    ['<|im_end|>\n', true],
    ...transcript.since.map((call): Piece => [writeStep(call), true]),
    ['<|im_start|>assistant\n', true],
  ]
  return pieces.flatMap(([text, marks]) => model.tokenize(text, marks))
}

/** A call that was made in this turn, and what came of it. Nothing in it is anybody's words. */
function writeStep(call: PastCall): string {
  const made = `<tool_call>{"name": "${call.name}", "arguments": {}}</tool_call>`
  return `<|im_start|>assistant\n${made}<|im_end|>\n<|im_start|>tool\n${describeOutcome(call)}<|im_end|>\n`
}

/** What came of a call, in the few words the model knows for it. */
export function describeOutcome({ name, outcome }: PastCall): string {
  if (outcome === null || !outcome.ok) return 'error'
  if (name === 'generate') return 'ok image'
  if (name === 'search_history') return `ok results ${countItems(outcome.result)}`
  if (name === 'get_styles') return 'ok styles'
  if (name === 'apply_style') return 'ok style'
  return name === 'enhance_prompt' ? 'ok prompt' : 'ok analysis'
}
