import { meaning } from './meaning.ts'

/** Failures of conversations with the assistant and of its turns. */
export const assistantErrors = {
  conversation_not_found: meaning(
    404,
    false,
    'There is no such conversation.',
    'It may have been deleted; the list of conversations shows those there are.',
  ),
  conversation_busy: meaning(
    409,
    true,
    'The assistant is still answering in this conversation.',
    'Wait for its answer, or stop it first.',
  ),
  message_not_found: meaning(
    404,
    false,
    'There is no such message in this conversation.',
    'Load the conversation again; it may have gone on elsewhere.',
  ),
  turn_interrupted: meaning(
    500,
    true,
    'MystiCanvas ended while the assistant was answering.',
    'What it had said so far is kept; have the answer made anew.',
  ),
  language_model_failed: meaning(
    502,
    true,
    'The language model did not answer as it should.',
    'Try again; if it stays, look at the language model on the System page or choose another one.',
  ),
}

/** Limits of the assistant's turns. Each is a result the model is told, so that it stops. */
export const turnErrors = {
  turn_call_limit: meaning(
    429,
    false,
    'The assistant has made as many tool calls as it may in one turn.',
    'Stop calling tools and tell the person what is done and what is not.',
  ),
  turn_call_repeated: meaning(
    409,
    false,
    'The assistant made this very call in this turn already.',
    'Stop repeating it: answer with the result there was.',
  ),
  turn_image_limit: meaning(
    429,
    false,
    'The assistant may not make so many pictures in one turn.',
    'Stop making pictures in this turn and tell the person; they can ask again.',
  ),
  turn_output_limit: meaning(
    429,
    false,
    'The language model wrote as much as it may in one turn.',
    'Ask for less at once, or raise assistant.output_tokens_per_turn in config.json.',
  ),
  turn_time_limit: meaning(
    504,
    true,
    'The turn took longer than it may.',
    'Pictures that were begun go on; ask again for what is missing, or raise assistant.turn_seconds in config.json.',
  ),
  turn_stopped: meaning(409, false, 'The person stopped the turn.', 'Say it again to begin anew.'),
  turn_nested: meaning(
    409,
    false,
    'A tool may not begin a turn of the assistant.',
    'Stop trying; only a person talks to the assistant.',
  ),
  turn_tool_unknown: meaning(
    404,
    false,
    'There is no tool of this name.',
    'Stop calling it; use only the tools that are there, or answer the person.',
  ),
  turn_number_unknown: meaning(
    404,
    false,
    'No picture of this conversation has this number.',
    'Stop guessing: ask the person which picture they mean.',
  ),
}
