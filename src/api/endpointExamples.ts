import type { JsonObject, JsonValue } from '../base/json';
import { endpoints, type EndpointId } from './endpoints';
import table from './endpointExamples.json';

/** Bodies in the API's own spelling. What signs a call in, in either style, is added by the client. */
export interface EndpointExample {
  /** The body, query or form of a request, with `<…>` for what only the caller knows; missing where no source shows it. */
  readonly request?: JsonObject;
  /** The fields of an answer beside those of the envelope, where there are any. */
  readonly response?: JsonObject;
}

const examples: Readonly<Record<EndpointId, EndpointExample>> = table;

/** The published example of an endpoint; its parts are missing where none was published. */
export function exampleOf(id: EndpointId): EndpointExample {
  return examples[id];
}

/** The example of a request, for another object where one is given and the endpoint takes any. */
export function exampleRequest(id: EndpointId, object?: string): JsonObject | undefined {
  const { request } = examples[id];
  const { objectAt } = endpoints[id];
  return request && structuredClone(object !== undefined && objectAt ? replaced(request, objectAt, object) : request);
}

/** A copy with another value at a path of keys. */
function replaced(body: JsonObject, [key = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  return { ...body, [key]: rest.length > 0 ? replaced(body[key] as JsonObject, rest, value) : value };
}
