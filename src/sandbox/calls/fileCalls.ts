import { createHmac, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { IncomingHttpHeaders } from 'node:http';
import { parseForm } from '../body';
import type { JsonObject } from '../../base/json';
import { malformed, refused } from '../failure';
import { Download } from '../reply';
import type { StoredFile } from '../store/files';
import type { Tenant } from '../tenant/tenant';
import { dataOf, isTrue, textOf, wholeNumberOf, type Call } from './call';

export const uploadPath = '/sandbox/upload';

/** Documented limits (api-facts.md 4.1 and 4.5). */
const mostFileBytes = 104_857_600;
const [leastLife, mostLife] = [60, 604_800];
const megabyte = 1024 * 1024;
const imageTypes = ['jpg', 'jpeg', 'png', 'gif', 'bmp'];

const key = randomBytes(32);
const signed = (...parts: string[]): string => createHmac('sha256', key).update(parts.join('\n')).digest('hex');

/** Step 1: what step 2 has to bring as headers. */
export function makeUploadCredential(call: Call): JsonObject {
  const data = dataOf(call);
  const [filename, extension] = [textOf(data, 'filename'), textOf(data, 'extension')];
  const [resource, size] = [textOf(data, 'resourceType'), wholeNumberOf(data, 'fileSize')];
  const life = wholeNumberOf(data, 'expireTime');
  if (life < leastLife || life > mostLife) throw malformed(`expireTime ${life} is not ${leastLife} to ${mostLife}`);
  if (resource !== 'N' && resource !== 'TN') throw malformed(`resourceType is ${resource}, not N or TN`);
  if (size < 1 || size > mostFileBytes) throw malformed(`fileSize ${size} is not 1 to ${mostFileBytes}`);
  if (typeof data['isStreamUpload'] !== 'boolean') throw malformed('isStreamUpload is missing or not true or false');
  const expiry = String(call.now + life * 1000);
  const [acid, ak] = [randomBytes(8).toString('hex'), 'sandbox'];
  return {
    data: {
      method: 'POST',
      url: call.origin + uploadPath,
      acid,
      resource,
      ak,
      sign: signed(acid, resource, ak, expiry, String(size)),
      expiry,
      filename,
      size,
      digest: '',
      contentType: data['isStreamUpload'] ? 'application/octet-stream' : `application/${extension}`,
    },
  };
}

interface Upload {
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
}

/** Step 2, which has an envelope of its own. */
export async function upload(tenant: Tenant, request: Upload, bytes: Buffer, now: number): Promise<JsonObject> {
  const { headers, query } = request;
  const header = (name: string): string => String(headers[name] ?? '');
  const failed = (message: string): JsonObject => ({ success: false, code: 400, message });
  if (!query.get('traceId') || !query.get('linkId')) return failed('traceId or linkId is missing');
  const sign = signed(header('acid'), header('resource'), header('ak'), header('expiry'), header('size'));
  if (sign !== header('sign')) return failed('the sign is wrong');
  if (now > Number(header('expiry'))) return failed('the credential is expired');
  const form = await parseForm(headers['content-type'], bytes);
  const named = form.files.get('facishareFile');
  const isStream = header('content-type').startsWith('application/octet-stream');
  const file: StoredFile | undefined = isStream ? { filename: header('filename'), bytes } : named;
  if (!file) return failed('the field facishareFile is missing');
  if (file.bytes.length !== Number(header('size'))) return failed('the file has another size');
  const stored = tenant.files.add(`${header('resource')}_`, file);
  return stored === undefined ? failed('the sandbox is full') : { success: true, code: 200, message: '', data: stored };
}

/** `media/upload`: the old way, in one step. */
export function uploadMaterial(call: Call): JsonObject {
  const type = textOf(call.body, 'type');
  if (type !== 'image' && type !== 'document') throw malformed(`parameter type is ${type}, not image or document`);
  return takeMaterial(call, type === 'image');
}

/** `media/upload/message`: images only. */
export const uploadMessageImage = (call: Call): JsonObject => takeMaterial(call, true);

/** `media/download`. A path of the file service is no media id unless the misspelled switch says so. */
export function downloadMaterial({ tenant, body }: Call): Download {
  const id = textOf(body, 'mediaId');
  textOf(body, 'mediaTypeDesc');
  const isPath = /^T?N_/.test(id);
  const file = isPath && !isTrue(body['igonreMediaIdConvert']) ? undefined : tenant.files.get(id);
  if (!file) throw refused(`mediaId ${id} 不存在`);
  return new Download(file.filename, file.bytes);
}

export function deleteMaterial({ tenant, body }: Call): JsonObject {
  const id = textOf(body, 'mediaId');
  if (!tenant.files.delete(id)) throw refused(`mediaId ${id} 不存在`);
  return {};
}

function takeMaterial({ tenant, files }: Call, isImage: boolean): JsonObject {
  const file = files?.get('media');
  if (!file) throw malformed('the file media is missing');
  if (isImage && !imageTypes.includes(path.extname(file.filename).slice(1).toLowerCase())) {
    throw malformed(`an image is ${imageTypes.join(', ')}`);
  }
  const most = isImage ? 5 * megabyte : 20 * megabyte;
  if (file.bytes.length > most) throw malformed(`the file is larger than ${most} bytes`);
  const mediaId = tenant.files.add('', file);
  if (mediaId === undefined) throw refused('the sandbox is full');
  return { mediaId };
}
