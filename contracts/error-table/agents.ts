import { meaning } from './meaning.ts'

/** Refusals that only agents meet: limits on what they may do, and what needs a person. */
export const agentErrors = {
  agent_rate_limited: meaning(
    429,
    true,
    'This agent calls too often.',
    'Stop calling until the time that is named; waiting with wait_seconds costs fewer calls than asking again and again.',
  ),
  agent_image_limit: meaning(
    429,
    true,
    'This agent asked for as many pictures as it may in an hour.',
    'Tell the person that the limit is reached; they can raise agents.images_per_hour in config.json.',
  ),
  agent_queue_limit: meaning(
    429,
    true,
    'This agent has as many unfinished pictures as it may have.',
    'Wait for one of them with get_generation and wait_seconds, or cancel one with cancel_generation.',
  ),
  agent_wait_limit: meaning(
    429,
    true,
    'This agent waits in as many calls as it may at once.',
    'Wait for one of these calls to answer, or call without wait_seconds.',
  ),
  agent_repeats_itself: meaning(
    429,
    true,
    'The same call with the same arguments was made too often in a minute.',
    'Do something else with the answers there were; for another picture of the same prompt give another seed.',
  ),
  agent_result_too_large: meaning(
    413,
    false,
    'The result is larger than what an agent is given.',
    'Ask for less: a smaller limit, or one picture by its id.',
  ),
  agent_needs_person: meaning(
    403,
    false,
    'Agents may not do this.',
    'Ask the person to do it in the web interface.',
  ),
}
