/** Runs the command with these arguments and gives what it says on stdout. */
export type Help = (args: readonly string[]) => Promise<string>;

const HEAD = `# Commands

Made of \`pinspider --help\` by \`npm run generate\`; not to be edited by hand.

stdout is data, stderr is for people: \`pinspider try JOB PAGE > records.json\` writes records and nothing else. Colours and redrawn
lines are only for terminals; \`NO_COLOR\` turns colours off.

| exit code | means                                                                           |
| --------- | ------------------------------------------------------------------------------- |
| 0         | done, and every expectation and test held                                       |
| 1         | the crawl, the cluster or a page failed, or an expectation or test did not hold |
| 2         | wrong usage, or a wrong job file: every fault is told with its line and column  |
| 130       | interrupted                                                                     |
| 141       | whoever read the output went away, as \`head\` does                               |

\`run\`, \`demo\`, \`validate\`, \`plan\`, \`try\` and \`test\` take \`--set path=value\`: \`--set scope.max_pages=10\`, \`--set seeds[0]=https://example.org/\`. The value is YAML.
`;

/** The page of all commands, from their own help. */
export async function commandsPage(help: Help): Promise<string> {
  const sections: string[] = [];
  for (const name of commandNames(await help(['--help']))) {
    const text = await help([name, '--help']);
    sections.push(`## ${name}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`);
  }
  return [HEAD, ...sections].join('\n');
}

function commandNames(help: string): string[] {
  const list = help.slice(help.indexOf('\nCommands:\n'));
  const names = [...list.matchAll(/^ {2}([a-z]\S*) /gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== 'help');
}
