import { ProductError } from '../../contracts/errors.ts'

/** A word for a picture that is its number here: what is longer is an id. */
const numbered = /^(?:(?:picture|image|number|no\.?|nr\.?)\s*)?#?\s*([1-9]\d{0,5})$/i

/** Words for the newest picture of the conversation. */
const newest = /^(?:the\s+)?(?:last|latest|newest|it|this|that)(?:\s+(?:one|picture|image))?$/i

/** Tools that without a picture mean the newest one of the conversation. */
const meansNewest: readonly string[] = ['analyze_image', 'get_generation']

/**
 * Puts ids in the place of what people and models call the pictures of a conversation: "2", "number 2", "last".
 *
 * @param pictures the ids in the order of their numbers
 * @param attached the last picture that the person attached; the word `attached` stands for it
 * @throws ProductError `turn_number_unknown`
 */
export function resolveReferences(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  { pictures, attached }: { pictures: readonly string[]; attached: string | null },
): Record<string, unknown> {
  const { generation, init_image: upload } = input
  const resolved = { ...input }
  if (upload === 'attached' && attached !== null) resolved['init_image'] = attached
  const isLeftOut = generation === undefined && upload === undefined && meansNewest.includes(tool)
  const named = isLeftOut && pictures.length > 0 ? 'last' : generation
  if (typeof named !== 'string' && typeof named !== 'number') return resolved
  return { ...resolved, generation: resolvePicture(String(named).trim(), pictures) }
}

function resolvePicture(named: string, pictures: readonly string[]): string {
  if (newest.test(named)) return pictures.at(-1) ?? 'last'
  const number = numbered.exec(named)?.[1]
  if (number === undefined) return named
  const id = pictures[Number(number) - 1]
  if (id !== undefined) return id
  const there = pictures.length === 0 ? 'There are none yet.' : `There are ${pictures.length}.`
  throw new ProductError(
    'turn_number_unknown',
    `This conversation has no picture number ${number}. ${there}`,
    {
      details: { number: Number(number), pictures: pictures.length },
    },
  )
}
