import { meaning } from './meaning.ts'

/** Failures of a request, whatever it asks for. */
export const requestErrors = {
  invalid_input: meaning(400, false, 'The request is not valid.', 'Correct the named fields and try again.'),
  invalid_json: meaning(
    400,
    false,
    'The body is not valid JSON.',
    'Send a JSON object with the content type application/json.',
  ),
  body_too_large: meaning(
    413,
    false,
    'The request is too large.',
    'Send a smaller picture or a shorter text.',
  ),
  unsupported_media_type: meaning(
    415,
    false,
    'Only JSON bodies are accepted.',
    'Send the content type application/json.',
  ),
  unauthorized: meaning(
    401,
    false,
    'This client is not signed in.',
    'Run "npx mysticanvas open" for a sign-in link, or send the bearer token.',
  ),
  forbidden_host: meaning(
    403,
    false,
    'The Host header names another machine.',
    'Use the address that MystiCanvas printed when it started.',
  ),
  forbidden_origin: meaning(
    403,
    false,
    'The request comes from another site.',
    'Open MystiCanvas at the address it printed and use it there.',
  ),
  rate_limited: meaning(429, true, 'Too many requests in a short time.', 'Wait a moment and try again.'),
  route_not_found: meaning(
    404,
    false,
    'There is nothing at this address.',
    'See /openapi.json for the addresses there are.',
  ),
  request_not_found: meaning(
    404,
    false,
    'Nothing is known about this request.',
    'Check the id; what happened long ago is forgotten.',
  ),
  shutting_down: meaning(503, true, 'MystiCanvas is stopping.', 'Start it again and retry.'),
  prompt_file_invalid: meaning(
    500,
    false,
    'A file of prompts is not valid.',
    'Mend the named line, or remove the file to get the original back.',
  ),
  internal_error: meaning(
    500,
    true,
    'Something went wrong inside MystiCanvas.',
    'Try again; if it stays, report it with the request id.',
  ),
}
