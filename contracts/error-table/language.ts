import { meaning } from './meaning.ts'

/** Failures of language models, wherever they run. */
export const languageErrors = {
  language_model_not_loaded: meaning(
    409,
    true,
    'The language model is not loaded.',
    'Ask again: it is loaded when it is needed.',
  ),
  language_model_unknown: meaning(
    404,
    false,
    'There is no language model of this name here.',
    'Use the name that /v1/models lists.',
  ),
  language_context_exceeded: meaning(
    413,
    false,
    'The conversation is longer than the language model can read.',
    'Send less of it, or choose a larger context for the model.',
  ),
  language_model_incapable: meaning(
    422,
    false,
    'The language model cannot do this.',
    'Leave out what is named, or choose another language model.',
  ),
  language_engine_failed: meaning(
    502,
    true,
    'The language engine failed.',
    'Try again; if it stays, choose another model, a smaller context or fewer GPU layers.',
  ),
  language_url_not_allowed: meaning(
    400,
    false,
    'A language model at this address would not be safe to use.',
    'Use an https address, or http on this very machine.',
  ),
  language_endpoint_unreachable: meaning(
    502,
    true,
    'The address of the language model does not answer.',
    'Look whether the program there runs, and whether the address is right.',
  ),
  language_endpoint_refused: meaning(
    502,
    false,
    'The address of the language model refused the request.',
    'Check the key and the name of the model.',
  ),
  language_endpoint_foreign: meaning(
    502,
    false,
    'What answers at this address does not speak as a language model does.',
    'Give the address up to /v1 of something compatible with OpenAI.',
  ),
}
