import * as vscode from 'vscode';
import { textIn, type Argument } from '../../base/argument';
import { isCancellation } from '../../base/cancelled';
import { plainJson, printJson, type JsonValue } from '../../base/json';
import type { CommandId } from '../../commands';
import type { Connection } from '../../connections/connection';
import type { Field } from '../../objects/fields';
import { briefField, briefRecord, fitting, fittingRecord, usualLength } from '../modelText';
import { preparation } from './preparation';
import { proposeWrite, type ProposeOptions } from './proposeWrite';
import { toolNames, type ToolName } from './registerTools';

/** The commands whose work the tools pass on: a model is one more program that calls them. */
type Called = Extract<
  CommandId,
  'fxiaoke.object.list' | 'fxiaoke.record.query' | 'fxiaoke.record.get' | 'fxiaoke.error.explain'
>;

export interface ToolOptions extends ProposeOptions {
  /** Calls a command as a program does, which opens nothing. */
  readonly call: (id: Called, argument: Argument) => Promise<unknown>;
  readonly fieldsOf: (connection: Connection, object: string) => Promise<readonly Field[]>;
  readonly log: { error(error: unknown): void };
  readonly isExpected: (error: unknown) => boolean;
  readonly describe: (error: unknown) => string;
  /** Takes secrets out of what a model reads. */
  readonly clean: (text: string) => string;
}

/** What a tool gives for an input; at most so many characters. */
type Tool = (input: Argument, length: number) => Promise<string>;

/** The tools as the editor calls them. None of them writes: a write is proposed to a person, who sends it. */
export function languageModelTools(options: ToolOptions): Record<ToolName, vscode.LanguageModelTool<Argument>> {
  const work = toolTable(options);
  const tool = (name: ToolName): vscode.LanguageModelTool<Argument> => ({
    prepareInvocation: ({ input }) => preparation(name, input, options.connectionNamed),
    invoke: async ({ input, tokenizationOptions }) => {
      // A token is some three characters of JSON.
      const length = Math.min(usualLength, 3 * (tokenizationOptions?.tokenBudget ?? usualLength));
      const text = options.clean(await told(() => work[name](input, length), options));
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  });
  return Object.fromEntries(toolNames.map(name => [name, tool(name)])) as ReturnType<typeof languageModelTools>;
}

function toolTable(options: ToolOptions): Readonly<Record<ToolName, Tool>> {
  const { connectionNamed, fieldsOf, checkText } = options;
  const call = async (id: Called, input: Argument) => (await options.call(id, input)) as never;
  return {
    fxiaoke_list_objects: async (input, length) => {
      const list: { apiName: string; label: string }[] = await call('fxiaoke.object.list', input);
      const wanted = textIn(input, 'search')?.toLowerCase() ?? '';
      const found = list.filter(({ apiName, label }) => `${apiName} ${label}`.toLowerCase().includes(wanted));
      return fitting({ total: found.length }, 'objects', found, length);
    },
    fxiaoke_describe_object: async (input, length) => {
      const object = textIn(input, 'object') ?? '';
      const fields = await fieldsOf(connectionNamed(textIn(input, 'connection')), object);
      const wanted = textIn(input, 'search')?.toLowerCase() ?? '';
      const found = fields.filter(({ apiName, label }) => `${apiName} ${label}`.toLowerCase().includes(wanted));
      return fitting({ object, total: found.length }, 'fields', found.map(briefField), length);
    },
    fxiaoke_query_records: async (input, length) => {
      const { records, total }: { records: Record<string, JsonValue>[]; total: number } = await call(
        'fxiaoke.record.query',
        input,
      );
      return fitting({ total }, 'records', records.map(briefRecord), length);
    },
    fxiaoke_get_record: async (input, length) => fittingRecord(await call('fxiaoke.record.get', input), length),
    fxiaoke_explain_error: async input => printJson(await call('fxiaoke.error.explain', input)),
    fxiaoke_validate_request: async input => {
      const named = textIn(input, 'connection');
      const connection = named === undefined ? undefined : connectionNamed(named).id;
      return printJson(plainJson(await checkText(textIn(input, 'request') ?? '', connection)) as JsonValue);
    },
    fxiaoke_propose_write: input => proposeWrite(options, input),
  };
}

/** The model reads the same sentence as a person would. */
async function told(work: () => Promise<string>, { describe, isExpected, log }: ToolOptions): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (isCancellation(error)) throw new vscode.CancellationError();
    if (!isExpected(error)) log.error(error);
    throw new Error(describe(error));
  }
}
