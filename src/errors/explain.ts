import { errorCode } from '../api/errorCodes';

export interface Explanation {
  readonly code: number;
  readonly meaning: string;
  readonly action: string;
}

const unknownMeaning = { en: 'This code is not publicly documented', zh: '该错误码没有公开文档' };
const unknownAction = {
  en: "Read the server's message; the vendor's support can look the trace ID up.",
  zh: '请查看服务器消息；可把追踪 ID 提供给厂商支持查询。',
};

/** Meaning of a code and what to do. The call's path and the server's message tell contradictory codes apart. */
export function explain(code: number, language: 'en' | 'zh', path?: string, message?: string): Explanation {
  const known = errorCode(code, path, message);
  return {
    code,
    meaning: (known?.meaning ?? unknownMeaning)[language],
    action: (known?.action ?? unknownAction)[language],
  };
}

/** The code that a text is, if it is one. */
export function codeIn(text: string): number | undefined {
  return /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
