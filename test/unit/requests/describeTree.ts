import { parse } from '../../../src/requests/parse';
import { type Node, walk, type RequestFile } from '../../../src/requests/nodes';
import type { Problem } from '../../../src/requests/problems';

/** `code@text` of each problem, so that a test shows both what and where. */
export function problemsIn(text: string, problems: readonly Problem[]): string[] {
  return problems.map(({ code, start, end }) => `${code}@${text.slice(start, end)}`);
}

export function problemsOf(text: string): string[] {
  return problemsIn(text, parse(text).problems);
}

/** All nodes below the file as `kind text`, shortened to one line. */
export function treeOf(file: RequestFile): string[] {
  const lines: string[] = [];
  walk(file, (node: Node) => {
    if (node.kind === 'file' || node.kind === 'section') return;
    lines.push(`${node.kind} ${JSON.stringify(file.text.slice(node.start, node.end))}`);
  });
  return lines;
}

/** Sample files as the grammar of the contract has them. */
export const samples: Record<string, string> = {
  contract: `@id = 64f0c0ffee00000000000001
# a comment; // also
### Title of the next request
# @name visitor
# @connection staging
# @confirm Really delete it?
POST /cgi/crm/v2/data/get
x-extra: header

{ "data": { "dataObjectApiName": "WebImVisitorObj", "objectDataId": "{{id}}", } }

?? errorCode == 0
?? data.total > 10
`,
  several: `# @connection sandbox
@limit = 20
@fields = ["_id", "{{column}}"]
@column = name

### 客户 first
// @name top
POST /cgi/crm/v2/data/query?x={{$timestamp}}
X-Trace: {{$uuid}}

{
  // the tenant's own
  "data": {
    "dataObjectApiName": "AccountObj", # not a comment: not at the start of its line
    "search_query_info": { "limit": {{limit}}, "offset": 0, "fieldProjection": {{fields}} },
  },
}

?? data.dataList[0]._id exists
?? data.total >= 1
?? errorMessage matches "^O"

### from a file

POST /cgi/crm/v2/data/create

< ./body.json

?? errorCode == 0
###
POST https://open.fxiaoke.com/cgi/crm/v2/object/list HTTP/1.1
`,
  broken: `@ = 1
@x y
# @name
### ＃
POTS
name：x
{ "a": {{b, "c": “d”，
[
?? = 1
??
### x
{{
`,
};
