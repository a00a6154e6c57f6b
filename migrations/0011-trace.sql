-- What happened to one request: its work, its pictures and its calls are found by its id.
CREATE INDEX jobs_of_request ON jobs (request_id);
CREATE INDEX generations_of_request ON generations (request_id);
CREATE INDEX tool_calls_of_request ON tool_calls (request_id) WHERE request_id IS NOT NULL;
