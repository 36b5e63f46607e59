import type { EndpointId } from '../../api/endpoints';
import { isComputed, type Field } from '../../objects/fields';
import { isReadOnlyField } from '../../records/recordFields';

/** A caller may set these where `create` is told so (`hasSpecifyTime`, `hasSpecifyCreatedBy`), and the owner always. */
const takenByCreate = new Set(['owner', 'create_time', 'created_by', 'last_modified_time', 'last_modified_by']);

/** Whether the server makes the value itself, whatever a call of that endpoint says. */
export function isServerKept(field: Pick<Field, 'apiName' | 'type'>, endpoint: EndpointId): boolean {
  if (endpoint === 'create' && takenByCreate.has(field.apiName)) return false;
  return isComputed(field) || isReadOnlyField(field.apiName);
}
