'use strict';
// Connects Fxiaoke CRM to the sandbox that `npm start` has started, through its public commands only.
const vscode = require('vscode');

const NAME = 'Sandbox';

async function connect() {
  const { url: host, appId, appSecret, permanentCode, userId } = JSON.parse(process.env.FXIAOKE_DEMO_CONNECTION);
  const credentials = { host, appId, appSecret, permanentCode, userId };
  const connections = await vscode.commands.executeCommand('fxiaoke.connection.list', {});
  if (!connections.some(connection => connection.host === host)) {
    // One of an earlier start, whose sandbox has gone.
    const outdated = connections.find(connection => connection.name === NAME);
    if (outdated) await vscode.commands.executeCommand('fxiaoke.connection.edit', { id: outdated.id, ...credentials });
    else
      await vscode.commands.executeCommand('fxiaoke.connection.add', {
        name: NAME,
        role: 'development',
        ...credentials,
      });
  }
  await vscode.commands.executeCommand('fxiaoke.objects.focus');
}

exports.activate = async () => {
  if (!process.env.FXIAOKE_DEMO_CONNECTION) return;
  try {
    await connect();
  } catch (error) {
    void vscode.window.showErrorMessage(`The sandbox could not be connected: ${error.message}`);
  }
};
