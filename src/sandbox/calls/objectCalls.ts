import { isJsonObject, type JsonObject } from '../../base/json';
import { describeObject } from '../tenant/describe';
import { knownObject, textOf, type Call } from './call';

export function listObjects({ tenant }: Call): JsonObject {
  const objects = [...tenant.catalogue.values()].map(object => ({
    describeApiName: object.apiName,
    describeDisplayName: object.label,
    defineType: object.kind === 'custom' ? 'custom' : 'package',
    isActive: true,
    iconPath: '',
    iconIndex: 0,
    hideButton: false,
    publicObject: false,
  }));
  return { data: { objects } };
}

/** apiName stands in `data` or at the top of the body: all documented placements work (api-facts.md 6). */
export function describe(call: Call): JsonObject {
  const { data } = call.body;
  const holder = isJsonObject(data) && data['apiName'] !== undefined ? data : call.body;
  return { data: { describe: describeObject(knownObject(call, textOf(holder, 'apiName')), call.tenant) } };
}
