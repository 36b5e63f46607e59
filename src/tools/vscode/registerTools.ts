import * as vscode from 'vscode';
import type { Argument } from '../../base/argument';

/** As they stand in the manifest, where the model reads what they do. */
export const toolNames = [
  'fxiaoke_list_objects',
  'fxiaoke_describe_object',
  'fxiaoke_query_records',
  'fxiaoke_get_record',
  'fxiaoke_explain_error',
  'fxiaoke_validate_request',
  'fxiaoke_propose_write',
] as const;
export type ToolName = (typeof toolNames)[number];

export type LanguageModelTools = Readonly<Record<ToolName, vscode.LanguageModelTool<Argument>>>;

/** Lets language models look at the CRM, and propose writes that a person sends. The work is read when one is called. */
export function registerTools(tools: () => Promise<LanguageModelTools>): vscode.Disposable {
  return vscode.Disposable.from(
    ...toolNames.map(name =>
      vscode.lm.registerTool<Argument>(name, {
        prepareInvocation: async (options, token) => (await tools())[name].prepareInvocation?.(options, token),
        invoke: async (options, token) => (await tools())[name].invoke(options, token),
      }),
    ),
  );
}
