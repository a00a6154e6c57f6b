import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeGguf, type GgufTensor, type GgufValue } from './gguf-writer.ts'
import { randomFrom } from './random.ts'

/** A language model with random weights: it says nothing sensible, but says it in every way a real one could. */
export interface TinyModel {
  readonly architecture?: 'llama' | 'qwen2'
  readonly seed?: number
  readonly contextTokens?: number
  readonly width?: number
}

const specialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>', '<tool_call>', '</tool_call>']
const merges = ['t h', 'th e', 'i n', 'Ġ a']
const layers = 2
const heads = 4
const sharedHeads = 2

/** ChatML as a model's file carries it. */
const chatTemplate = `{%- for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endfor %}{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{%- endif %}`

/** Writes such a model into a folder and returns its path. */
export function writeTinyModel(folder: string, name: string, options: TinyModel = {}): string {
  const path = join(folder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, writeGguf(...describeModel(options)))
  return path
}

function describeModel(options: TinyModel): [Record<string, GgufValue>, GgufTensor[]] {
  const { architecture = 'llama', seed = 1, contextTokens = 2048, width = 64 } = options
  const tokens = [...byteTokens(), ...merges.map((merge) => merge.replace(' ', '')), ...specialTokens]
  const marked = tokens.map((token) => (specialTokens.includes(token) ? 3 : 1))
  const id = (token: string) => tokens.indexOf(token)
  const sizes = {
    context_length: contextTokens,
    embedding_length: width,
    block_count: layers,
    feed_forward_length: width * 2,
    'attention.head_count': heads,
    'attention.head_count_kv': sharedHeads,
    'rope.dimension_count': width / heads,
    vocab_size: tokens.length,
  }
  const metadata: Record<string, GgufValue> = {
    'general.architecture': { type: 'string', value: architecture },
    'general.name': { type: 'string', value: 'tiny' },
    ...Object.fromEntries(
      Object.entries(sizes).map(([key, value]) => [
        `${architecture}.${key}`,
        { type: 'uint32', value } as const,
      ]),
    ),
    [`${architecture}.attention.layer_norm_rms_epsilon`]: { type: 'float32', value: 1e-5 },
    [`${architecture}.rope.freq_base`]: { type: 'float32', value: 10_000 },
    'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
    'tokenizer.ggml.pre': { type: 'string', value: 'gpt-2' },
    'tokenizer.ggml.tokens': { type: 'array', of: 'string', values: tokens },
    'tokenizer.ggml.token_type': { type: 'array', of: 'int32', values: marked },
    'tokenizer.ggml.merges': { type: 'array', of: 'string', values: merges },
    'tokenizer.ggml.bos_token_id': { type: 'uint32', value: id('<|endoftext|>') },
    'tokenizer.ggml.eos_token_id': { type: 'uint32', value: id('<|im_end|>') },
    'tokenizer.ggml.padding_token_id': { type: 'uint32', value: id('<|endoftext|>') },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.chat_template': { type: 'string', value: chatTemplate },
  }
  return [metadata, makeTensors(architecture, width, tokens.length, seed)]
}

function makeTensors(architecture: string, width: number, vocabulary: number, seed: number): GgufTensor[] {
  const random = randomFrom(seed)
  const normal = (count: number, deviation: number) =>
    Float32Array.from(
      { length: count },
      () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    )
  const weight = (
    name: string,
    input: number,
    output: number,
    deviation = 1 / Math.sqrt(input),
  ): GgufTensor => ({
    name: `${name}.weight`,
    shape: [input, output],
    data: normal(input * output, deviation),
  })
  const filled = (name: string, length: number, value: number): GgufTensor => ({
    name,
    shape: [length],
    data: new Float32Array(length).fill(value),
  })
  const shared = (width / heads) * sharedHeads
  const blocks = Array.from({ length: layers }, (_, layer) => {
    const name = (part: string) => `blk.${layer}.${part}`
    return [
      filled(name('attn_norm.weight'), width, 1),
      weight(name('attn_q'), width, width),
      weight(name('attn_k'), width, shared),
      weight(name('attn_v'), width, shared),
      ...(architecture === 'qwen2'
        ? [
            filled(name('attn_q.bias'), width, 0),
            filled(name('attn_k.bias'), shared, 0),
            filled(name('attn_v.bias'), shared, 0),
          ]
        : []),
      weight(name('attn_output'), width, width),
      filled(name('ffn_norm.weight'), width, 1),
      weight(name('ffn_gate'), width, width * 2),
      weight(name('ffn_up'), width, width * 2),
      weight(name('ffn_down'), width * 2, width),
    ]
  })
  return [
    weight('token_embd', width, vocabulary, 0.5),
    ...blocks.flat(),
    filled('output_norm.weight', width, 1),
    weight('output', width, vocabulary, 0.5),
  ]
}

/** The 256 bytes by the letters that stand for them in vocabularies of GPT-2's kind. */
function byteTokens(): string[] {
  const printable = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++))
}
