/** Beginnings of words about the picture that is there: where, when and with what it should be, or how much of it. */
const changingPrompt =
  /^(?:at|in|on|by|with|without|during|under|over|inside|outside|near|behind|more|less|fewer|same|like it|brighter|darker|bigger|smaller|larger|taller|wider|closer|older|younger|warmer|colder|softer|sharper|happier|sadder|the background|the sky|the light(?:ing)?|from (?:above|below|behind|the side|far))\b/i

/** Beginnings of sentences about the picture that is there. */
const changingSentence =
  /^(?:(?:ok(?:ay)?|nice|great|good|cool|lovely|perfect|hm+|now|and|but|please|again|yes|no|can you|could you|can we|what if|how about)[\s,.!:;-]*)*(?:(?:make|turn|put|set|move|have|change|give|add|let) (?:it|this|that|them|him|her|the)\b|add\b|(?:the )?same\b|this but\b|that but\b|do that but\b|but\b)/i

/** The words begin a thing of its own: a new picture, whatever else the sentence says. */
const newThing = /^(?:an?|two|three|four|five|six|some|another|my|your|our)\b/i

/**
 * Whether what a person wants is a change of the last picture rather than a new one.
 *
 * @param say all they said
 * @param prompt the part of it that tells what the picture should show
 */
export function isChange(say: string, prompt: string): boolean {
  const words = prompt.trim()
  if (changingPrompt.test(words)) return true
  if (newThing.test(words)) return /^(?:\W*(?:ok|now|and|but|please)\W+)*add\b/i.test(say.trim())
  return changingSentence.test(say.trim())
}

/** The last picture's words and the change, as one prompt; a change that is in it already changes nothing. */
export function joinChange(last: string, change: string): string {
  const before = last.trim()
  const now = change.trim()
  if (before === '') return now
  if (before.toLowerCase().includes(now.toLowerCase())) return before
  return /^(?:at|in|on|by|with|without|during|under|over|near|behind)\b/i.test(now)
    ? `${before} ${now}`
    : `${before}, ${now}`
}
