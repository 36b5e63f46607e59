import { isJsonObject, type JsonObject } from '../../base/json';
import { codes, Failure, malformed } from '../failure';
import { fromOpenUserId } from '../tenant/people';
import { textOf, type Call } from './call';

/** Limits as documented (api-facts.md 4.1). */
const mostReceivers = 500;
const mostArticles = 7;
const longest: Record<string, number> = { title: 45, author: 8, description: 140 };

/** `message/send`: it is kept (`/sandbox/admin/messages` shows it) and goes to nobody. */
export function sendMessage({ tenant, caller, body, now }: Call): JsonObject {
  const toUser = receivers(body).map(fromOpenUserId);
  const unknown = toUser.find(id => !tenant.organization.isPerson(id));
  if (unknown !== undefined) throw new Failure(codes.unknownOpenUserId, `toUser ${unknown} does not exist`);
  const msgType = textOf(body, 'msgType');
  const content = contentOf(msgType, body);
  const shelf = tenant.shelf('#messages');
  shelf.set(String(shelf.size + 1), { from: caller.userId, toUser, msgType, [msgType]: content, time: now });
  return {};
}

function receivers({ toUser }: JsonObject): string[] {
  if (toUser === undefined || toUser === null)
    throw new Failure(codes.missingToUser, 'the parameter toUser is missing');
  const isList = Array.isArray(toUser) && toUser.length > 0 && toUser.length <= mostReceivers;
  if (!isList || !toUser.every(id => typeof id === 'string')) {
    throw new Failure(codes.wrongToUser, `the parameter toUser is no list of 1 to ${mostReceivers} ids`);
  }
  return toUser;
}

function contentOf(msgType: string, body: JsonObject): JsonObject | JsonObject[] {
  const content = body[msgType];
  switch (msgType) {
    case 'text':
      if (!isJsonObject(content) || typeof content['content'] !== 'string' || content['content'] === '') {
        throw new Failure(codes.emptyMessage, 'the text message has no content');
      }
      return content;
    case 'composite':
      if (!isJsonObject(content)) throw malformed('parameter composite is missing or not a map');
      return content;
    case 'articles':
      return articlesIn(body);
    default:
      throw new Failure(codes.unsupportedMessage, `the message type ${msgType} is not supported`);
  }
}

function articlesIn({ articles }: JsonObject): JsonObject[] {
  const isList = Array.isArray(articles) && articles.length > 0 && articles.length <= mostArticles;
  if (!isList || !articles.every(isJsonObject)) throw malformed(`articles is no list of 1 to ${mostArticles} maps`);
  for (const article of articles) {
    for (const [key, most] of Object.entries(longest)) {
      const text = article[key] ?? '';
      if (typeof text !== 'string' || text.length > most) throw malformed(`${key} of an article is over ${most} long`);
    }
  }
  return articles;
}
