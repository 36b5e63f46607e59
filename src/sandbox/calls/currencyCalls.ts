import { isJsonObject, type JsonObject } from '../../base/json';
import { malformed, refused } from '../failure';
import { asText } from '../text';
import { dataOf, textOf, type Call } from './call';

/** The currency that the enterprise counts in; it is there without being added. */
const own = 'CNY';

/** `add/currency`. */
export function addCurrency(call: Call): JsonObject {
  const data = dataOf(call);
  const code = codeIn(data, 'currencyCode');
  if (code === own || shelfOf(call).get(code)) throw refused(`币种 ${code} 已存在`);
  shelfOf(call).set(code, { exchangeRate: rateIn(data) });
  return {};
}

/** `update/currency`. */
export function updateCurrencies(call: Call): JsonObject {
  return setRates(call, listIn(dataOf(call), 'exchangeRateList'), 'currencyCode');
}

/** `updateCurrencyExchangeRate`: the same against a named currency, which here can be the own one only. */
export function updateRatesAgainst(call: Call): JsonObject {
  const data = dataOf(call);
  const list = listIn(data, 'currencyExchangeArgs');
  for (const { toCurrencyCode } of [data, ...list]) {
    if (toCurrencyCode !== own) throw refused(`币种 ${asText(toCurrencyCode)} 不是本位币 ${own}`);
  }
  return setRates(call, list, 'fromCurrencyCode');
}

function setRates(call: Call, list: JsonObject[], key: string): JsonObject {
  const rates = list.map(entry => ({ code: codeIn(entry, key), exchangeRate: rateIn(entry) }));
  const unknown = rates.find(({ code }) => !shelfOf(call).get(code));
  if (unknown) throw refused(`币种 ${unknown.code} 不存在`);
  for (const { code, exchangeRate } of rates) shelfOf(call).set(code, { exchangeRate });
  return {};
}

const shelfOf = ({ tenant }: Call) => tenant.shelf('#currencies');

function codeIn(map: JsonObject, key: string): string {
  const code = textOf(map, key);
  if (!/^[A-Z]{3}$/.test(code)) throw malformed(`parameter ${key} is ${code}, not three letters`);
  return code;
}

function rateIn(map: JsonObject): string {
  const rate = asText(map['exchangeRate']);
  if (!(Number(rate) > 0)) throw malformed('parameter exchangeRate is missing or not a positive number');
  return rate;
}

function listIn(data: JsonObject, key: string): JsonObject[] {
  const list = data[key];
  if (!Array.isArray(list) || list.length === 0 || !list.every(isJsonObject)) {
    throw malformed(`parameter ${key} is missing or not a list of maps`);
  }
  return list;
}
