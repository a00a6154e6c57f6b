import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp'
import type { Choice, KnownTool, ToolName } from './known-tools.ts'
import type { Chances } from './router.ts'

/** The mark of a call, which an answer in words never begins with. */
export function callMark(model: LlamaModel): Token[] {
  return [...model.tokenize('<tool_call>', true)]
}

/** A call after its mark, up to where its arguments begin: one token for each tool in the vocabulary it was taught with. */
export function callOpening(model: LlamaModel, name: ToolName): Token[] {
  return [...model.tokenize(`{"name": "${name}", "arguments": {`, true)]
}

/**
 * How likely the model itself would make each choice: a reply where its answer would not begin with the mark of a call,
 * a tool by the probability of its opening after the mark.
 */
export async function weighChoices(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  tools: readonly KnownTool[],
): Promise<Chances> {
  const mark = callMark(model)
  const [afterPrompt, afterMark] = await readChances(sequence, prompt, mark)
  const call = afterPrompt?.get(mark[0] as Token) ?? 0
  const named = tools.map(({ name }) => {
    const [opening] = callOpening(model, name)
    return { name, chance: opening === undefined ? 0 : (afterMark?.get(opening) ?? 0) }
  })
  const total = named.reduce((sum, { chance }) => sum + chance, 0)
  return new Map<Choice, number>([
    ['reply', 1 - call],
    ...named.map(({ name, chance }) => [name, total > 0 ? (call * chance) / total : 0] as const),
  ])
}

/** The probabilities of what comes after the prompt, and of what comes after some tokens more. */
async function readChances(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  more: readonly Token[],
): Promise<(Map<Token, number> | undefined)[]> {
  // What was read before is not read again, but for the last token, whose followers are asked for.
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false)
  const start = sequence.nextTokenIndex
  const all = [...prompt, ...more]
  const asked = [prompt.length - 1, all.length - 1]
  const results = await sequence.controlledEvaluate(
    all
      .slice(start)
      .map((token, index) =>
        asked.includes(start + index) ? [token, { generateNext: { probabilities: true } }] : token,
      ),
  )
  return asked.map((index) => results[index - start]?.next.probabilities)
}
